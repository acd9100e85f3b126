/** How people and programs call the numbers of vehicles, by kind of number, and the words by which a vehicle is known. */
import type { Phrases } from '../contract.js';
import { hashOf } from './hash.js';
import { phrases } from './phrases.js';

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(/\s+/).map(hashOf));

/** Words of traffic and vehicles: beside them, a plate may be meant. */
export const VEHICLES = hashes(
  `car cars vehicle vehicles sedan suv truck van minivan pickup motorcycle bike motorbike trailer rv scooter moped auto automobile atv
  driver drives drove driving driven parked parking valet towed tow dmv registration registered police garage lot crash collision mvc mva
  title titled dmv insured
  toyota honda ford chevrolet chevy nissan hyundai kia subaru mazda volkswagen vw bmw mercedes audi lexus acura jeep dodge ram gmc
  buick cadillac tesla volvo chrysler lincoln infiniti mitsubishi camry corolla civic accord altima prius jetta silverado sienna odyssey
  wrangler tacoma tahoe gate visitor tolls toll uber lyft cab taxi`,
);
/** Makes of cars that look like the letters of a plate. */
export const MAKES = hashes(
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
      'hull id [number|no]',
      'hin',
      'chassis',
      'vehicle (identifier|serial number|serial|serial no)',
      'hull identification number',
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
      'lpr [hit|read|plate]',
      'anpr [hit|read|plate]',
      'placa [no|numero]',
      'placas',
      'kennzeichen',
      'matricula',
    ),
  near: ['plate', 'plates', 'tag', 'tags', 'registration', 'reg', 'regn', 'rego', 'plt no', 'plt number'],
  aircraft: ['tail', 'helicopter', 'aircraft', 'airplane', 'cessna', 'piper', 'medevac', 'lifeflight', 'life flight'],
  direct: ['lp', 'l p', 'reg no', 'reg number'],
  fleet: () =>
    phrases(
      '(fleet|ambulance|vehicle|truck|van|bus|rig|car|taxi|cab|medic|apparatus) (number|no|num|unit|unit number|fleet number|id)',
      'fleet (unit|vehicle|id) [number|no]',
      'parking (permit|pass|decal|placard|tag|sticker) [number|no|id]',
      '(handicap|disabled parking|disabled|disability|ada|dp|dmv|accessible parking) (placard|permit|tag) [number|no|id]',
      '[taxi|cab] medallion [number|no]',
      'placard (number|no|id)',
      '(toll|ez pass|e zpass|fastrak|sunpass) (tag|transponder|number|id|tag number) [number|id]',
      '(aircraft|boat|tail|vessel|watercraft|snowmobile|jet ski|atv|bike|bicycle|golf cart|wheelchair van) (registration|reg|number|registration number|reg number|id|registration no|serial|serial number|frame number)',
      'n number',
      'dmv (number|registration|title|title number)',
      '(vehicle|car|auto|boat) title [number|no|id]',
      'title (number|no)',
      '(vehicle|car) decal [number|no]',
    ),
  // With a number sign only: "van #2039".
  hashed: ['ambulance', 'bus', 'school bus', 'medic', 'rig', 'engine'],
  placard: ['placard', 'hang tag', 'hangtag'],
  word: [
    ...[
      'car',
      'vehicle',
      'vehicles',
      'sedan',
      'suv',
      'minivan',
      'pickup',
      'pickup truck',
      'motorcycle',
      'moped',
      'truck',
      'van',
      'cab',
      'taxi',
      'uber',
      'lyft',
      'rideshare',
      'trailer',
      'rental',
      'rental car',
      'loaner',
      'loaner car',
      'valet',
      'towed',
      'motorbike',
      'vehicle 1',
      'vehicle 2',
    ],
    ...[
      'toyota',
      'honda',
      'ford',
      'kia',
      'mercedes',
      'volvo',
      'tesla',
      'chevrolet',
      'chevy',
      'nissan',
      'hyundai',
      'subaru',
      'mazda',
      'volkswagen',
      'bmw',
      'audi',
      'lexus',
      'acura',
      'jeep',
    ],
    ...['camry', 'corolla', 'civic', 'altima', 'prius', 'jetta', 'silverado', 'sentra', 'elantra', 'impala', 'tacoma'],
  ],
};
