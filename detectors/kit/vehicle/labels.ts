/** How people and programs call the numbers of vehicles, by kind of number, and the words by which a vehicle is known. */
import type { Phrases } from '../../contract.js';
import { phrases } from '../phrases.js';
import { words } from '../word-set.js';

/** Words of traffic and vehicles: beside them, a plate may be meant. */
export const VEHICLES = words(
  `car cars vehicle vehicles sedan suv truck van minivan pickup motorcycle bike motorbike trailer rv scooter moped auto automobile atv
  driver drives drove driving driven parked parking valet towed tow dmv registration registered police garage lot crash collision mvc mva
  title titled dmv insured
  toyota honda ford chevrolet chevy nissan hyundai kia subaru mazda volkswagen vw bmw mercedes audi lexus acura jeep dodge ram gmc
  buick cadillac tesla volvo chrysler lincoln infiniti mitsubishi camry corolla civic accord altima prius jetta silverado sienna odyssey
  wrangler tacoma tahoe gate visitor tolls toll uber lyft cab taxi`,
);
/** Makes of cars that look like the letters of a plate. */
export const MAKES = words(
  'bmw kia gmc ford jeep ram audi fiat mini vw seat mg dodge volvo tesla mack acura lexus buick',
);

export const VEHICLE_LABELS: Readonly<Record<string, Phrases>> = {
  vin: () =>
    phrases(
      'vin [number|no|num|code|id]',
      'vins',
      'v i n [number|no]',
      'vehicle (identification|ident|identifier|id) (number|no|num|code)',
      '(chassis|frame|hull|engine) (identifier|identification number|serial number|number|no|num|id)',
      '(hull|chassis|frame|motorcycle) (id|identification|ident|vin|serial) [number|no|num]',
      'trailer (vin|serial) [number|no]',
      'hull (no|number)',
      'vin (nbr|nr|last|tail|suffix)',
      'fahrgestellnummer',
      'numero de chasis',
      'hin',
      'chassis',
      'vehicle (identifier|serial number|serial|serial no)',
      'vehicle identification',
    ),
  plate: () =>
    phrases(
      '(license|licence|lic|number|registration|reg|tag|vanity|personalized|dealer|disabled|handicap|temp|temporary|partial|rear|front|state) (plate|plates) [number|no|num|id|tag]',
      '(license|licence|lic|temp|temporary|paper|dealer) (tag|tags) [number|no]',
      'lic pl',
      '(license|licence|lic) plt [number|no]',
      '(vehicle|car|truck) license (plate|plates|tag) [number|no]',
      '(plate|plates|tag|tags) (number|numbers|no|num|nbr|nr)',
      '(vehicle|veh|car|auto|motorcycle|truck|trailer) (tag|tags|plate|plates|registration|registration number|registration no|reg|reg number|reg no|license|license number|plate number|plate no|plate num|plate id)',
      '[vehicle] registration mark',
      '(vehicle|veh|car|auto|truck) (lic|lic no|lic number|license no|license mark)',
      '(vrm|vrn|vehicle registration number)',
      'plate (numbered|reading)',
      'plate id',
      '(lpr|alpr|anpr) [hit|read|plate|match|alert|capture|scan|result]',
      '(license|licence|lic) p1ate [number|no]',
      '(auto|bike|moped|scooter|rv|atv|boat trailer|van|suv|rental|uber|lyft|driver|ride|rider vehicle|getaway|suspect) (plate|plates|tag|tags|license plate) [number|no|num]',
      '(motor vehicle|vehicular) registration [number|no|mark]',
      'index mark',
      'nummernschild',
      'immatriculation',
      'plaque d immatriculation',
      'tablilla',
      'placa [no|numero]',
      'placas',
      'kennzeichen',
      'matricula',
    ),
  near: [
    'plate',
    'plates',
    'tag',
    'tags',
    'tagged',
    'registration',
    'reg',
    'regn',
    'rego',
    'plt',
    'plts',
    'plt no',
    'plt number',
  ],
  boat: ['boat', 'vessel', 'sailboat', 'jet ski', 'watercraft', 'speedboat', 'bass boat', 'pontoon'],
  aircraft: [
    'tail',
    'helicopter',
    'aircraft',
    'airplane',
    'cessna',
    'piper',
    'medevac',
    'lifeflight',
    'life flight',
    'air ambulance',
    'helo',
    'chopper',
    'airevac',
    'air evac',
    'careflight',
    'life star',
    'rotor',
  ],
  direct: ['lp', 'l p', 'reg no', 'reg number'],
  fleet: () =>
    phrases(
      '(fleet|ambulance|vehicle|truck|van|bus|rig|car|taxi|cab|medic|apparatus) (number|no|num|unit|unit number|fleet number|id)',
      'fleet (unit|vehicle|id) [number|no]',
      '(nemt|paratransit|transport|transit|shuttle|ambulette|wheelchair|dialysis|medical transport|rideshare|mobility) (vehicle|van|bus|cab|unit) [number|no|num|id]',
      '(squad|rescue|shuttle|limo|ambulette|wrecker|trailer|coach|tram|train car|golf cart) (number|no|unit|unit number|id)',
      '(valet|garage|parkade|parking|parking garage|parking lot|gate) (ticket|stub|slip|token|claim|claim check|claim ticket|check|tag|key tag|card|receipt|validation|voucher) [number|no|id|code]',
      '(tow|towing|impound|impound lot|tow yard|storage lot|tow lot) (number|no|id|ticket|slip|receipt|invoice|record|case|ref|reference|report|stock|stock number|lot number|release|tag) [number|no|id]',
      '(vehicle|car|truck|auto|trailer|insured vehicle|covered vehicle) (ref|reference|key|uid|uuid|token|asset|asset number|control number|file number|document number)',
      '(insured|covered|policy) vehicle [id|number|no]',
      '(v5c|v5|logbook) [doc|document] [ref|reference|number|no]',
      '(mot|nct) (certificate|test) (number|no)',
      'blue badge [number|no|serial|id]',
      '(usdot|us dot) [number|no]',
      'dot (number|no)',
      'registration (card|sticker|decal|tab) [number|no]',
      '(k tag|ktag|i pass|ipass|txtag|tx tag|peach pass|good to go|quick pass|pikepass|e pass|nexpress|expresstoll|e toll|etoll|toll pass|toll|ez pass|e zpass|ezpass|fastrak|sunpass) (tag|transponder|number|no|id|pass|sticker|serial|serial number|device) [number|no|id]',
      'transponder (number|no|id|serial|code)',
      '(toll|parking|traffic|speeding) (violation|citation|violation notice|ticket|fine) [number|no|id]',
      '(employee|staff|visitor|resident|student|guest|contractor|lot|campus|windshield|window) (decal|parking permit|parking pass|parking tag|parking sticker|lot decal|lot permit) [number|no|id]',
      '(key|car key|claim) tag [number|no]',
      '(salvage|rebuilt|clear|clean|lien) title [number|no]',
      '(trip|transit|transport|temporary operating|oversize) permit [number|no]',
      '(bumper|door|hood|roof|side) (number|no)',
      '(rental|hertz|enterprise|avis|zipcar|loaner) (unit|car unit|vehicle|agreement unit|car id|car) (number|no|id)',
      '(veh|car|insured vehicle) id (number|no)',
      '(ohv|atv|snowmobile|jet ski|pwc|watercraft|utv|moped) (reg|registration|decal|sticker|permit|number|no) [number|no]',
      '(hang tag|hangtag|mirror tag|permit tag|decal|window sticker) (number|no|id|serial)',
      'parking (permit|pass|decal|placard|tag|sticker) [number|no|id]',
      '(handicap|disabled parking|disabled|disability|ada|dp|dmv|accessible parking) (placard|permit|tag) [number|no|id]',
      '[taxi|cab] medallion [number|no]',
      'placard (number|no|id)',
      '(aircraft|airplane|helicopter|boat|tail|vessel|bike|bicycle|golf cart|wheelchair van) (registration|reg|number|no|registration number|reg number|reg no|id|registration no|serial|serial number|frame number|mark)',
      '(atv|snowmobile|watercraft|jet ski) (id|serial|serial number|frame number|registration number|registration no|reg number|reg no)',
      'n number',
      'dmv (number|registration|title|title number)',
      '[taxi|cab] hack (number|no|id|license|medallion)',
      '(vehicle|car|auto|boat) title [number|no|id]',
      'title (number|no)',
      '(vehicle|car) decal [number|no]',
    ),
  // With a number sign only: "van #2039".
  unit: ['ambulance', 'medic', 'rig', 'squad', 'ambulette', 'als unit', 'bls unit'],
  hashed: ['bus', 'school bus', 'engine', 'dot', 'impound', 'tow', 'shuttle', 'decal', 'veh'],
  placard: [
    'placard',
    'hang tag',
    'hangtag',
    'sunpass',
    'fastrak',
    'ez pass',
    'ezpass',
    'e zpass',
    'k tag',
    'txtag',
    'pikepass',
    'i pass',
    'ipass',
    'transponder',
  ],
  word: () => [
    ...(
      'car vehicle vehicles sedan suv minivan pickup motorcycle moped truck van cab taxi uber lyft rideshare trailer ' +
      'rental loaner valet towed motorbike toyota honda ford kia mercedes volvo tesla chevrolet chevy nissan hyundai ' +
      'subaru mazda volkswagen bmw audi lexus acura jeep camry corolla civic altima prius jetta silverado sentra ' +
      'elantra impala tacoma auto wagon hatchback coupe convertible crossover motorhome camper limo scooter motorcycles ' +
      'trucks cars sedans parked parking parks driveway drove drives driving dmv crash collision gate dashcam ' +
      'windshield curbside towing impounded carpool bolo rav4 rogue malibu outback forester cherokee wrangler odyssey ' +
      'sienna caravan sprinter f150 f250 tahoe suburban equinox accord maxima pathfinder tundra 4runner highlander ' +
      'yaris venza passat tiguan crosstrek impreza outlander sonata tucson sportage sorento optima bronco mustang ' +
      'durango sedona telluride palisade cayenne boxster escalade yukon avalon tacomas crv hrv cx5 scion pontiac ' +
      'oldsmobile mitsubishi fiat porsche harley buick cadillac chrysler dodge gmc infiniti suzuki isuzu saab rivian ' +
      'vehs mvc mva mvas mvcs rollover booted attendant wrecker parkade parkway fob carport hearse bumper taillight ' +
      'polaris peterbilt kenworth freightliner vespa ducati yamaha kawasaki'
    ).split(' '),
    'pickup truck',
    'rental car',
    'loaner car',
    'vehicle 1',
    'vehicle 2',
    'patrol car',
    'squad car',
    'police car',
    'getaway car',
    'hit and run',
    'security log',
    'gate log',
    'gate camera',
    'mini cooper',
    'land rover',
    'range rover',
    'santa fe',
    'other car',
    'other vehicle',
    'f 150',
    'cr v',
    'rav 4',
    'cx 5',
  ],
};
