/**
 * Words that introduce an address, a town, a ZIP code, a facility or coordinates: labels of forms and records, and phrases
 * of running text ("lives in") behind which a place stands. Fields count as labels only before a colon or as a JSON key.
 */
import type { Phrases } from '../../contract.js';

/** Phrases set apart by strokes; made when they are wanted. */
const list =
  (phrases: string): Phrases =>
  () =>
    phrases.split('|').map((phrase) => phrase.trim());

export const PLACE_LABELS: Readonly<Record<string, Phrases>> = {
  address: list(`
    address | addr | home address | mailing address | street address | residential address |
    physical address | postal address | billing address | shipping address | current address |
    permanent address | previous address | patient address | delivery address | address line |
    address line 1 | address line 2 | address 1 | address 2 | address1 | address2 | address of record |
    residence address | work address | street name | postal home | contact mailing location |
    mailing location | delivery destination | pickup location | drop off location | adresse | direccion |
    domicilio | insured address | guarantor address | contact address | provider address | facility address |
    lives on | live on | living on | lived on | live at | lives at | living at | lived at | resides at |
    residing at | residence is | home is | staying at | stays at
  `),
  zip: list(`
    zip | zip code | zipcode | postal code | postcode | post code | zip plus four | zip plus 4 | zip 4 |
    home zip | patient zip | address postal code | mailing zip | zip postal code
  `),
  city: list(`
    city | town | home town | hometown | home city | municipality | locality | village | home locality |
    residential municipality | municipal area | city of residence | city of birth | birth city | birthplace |
    birth place | place of birth | place of residence | town of residence | domicile | neighborhood |
    neighbourhood | registered town | geographical origin | geographic origin | place of origin |
    home district | home community | home area | home village | destination city | home geography |
    geographic subdivision | community | suburb | city town | residence | usual locality | travel hx |
    travel history | recent travel | lieu de naissance | lieu de residence | ciudad | ville | stadt |
    wohnort
  `),
  home: list(`
    lives in | living in | lived in | live in | resides in | residing in | resided in | reside in |
    resides near | resides around | lives near | lives outside | living near | born in | raised in |
    grew up in | moved to | moving to | moved from | relocated to | relocated from | relocating to |
    resident of | residents of | native of | based in | based near | based out of | located in |
    located within | located near | traveled to | travelled to | travels to | traveling to | travelling to |
    traveled toward | travelled toward | traveled from | travelled from | drove from | traveling from |
    travelling from | travel from | travels from | flying from | flying to | flight to | flight from |
    trip to | en route from | evacuated from | airlifted from | flown from | visiting in | vacation in |
    vacationing in | stationed in | incarcerated in | currently in | homeless in | farm near | house near |
    home near | jail in | drives from | flew from | came from | comes from | commutes from | hails from |
    originally from | is from | im from | i m from | am from | went back to | returned to | returning to |
    back home to | got back from | came back from | back from | here from | settled in | i m in | im in |
    i am in | we are in | re in | back home in | home in | house in | apartment in | farm in | retired to |
    visiting from | family in | works in | outskirts of | city of | town of | village of | suburb of |
    emigrated from | immigrated from | migrated from | housed in | died in | lives just outside | staying in |
    transferred from | referred from | connected from | housing in | housing near | lifeflight from |
    medflight from | ems from | ambulance from | helicopter from | transported from | practices in |
    practices out of | works out of | camping in | camping near | deployed to
  `),
  county: list(`
    county | county of residence | county of | parish | parish of | township | precinct | borough of |
    borough | county name | county code | district name
  `),
  facility: list(`
    facility | facility name | hospital name | clinic name | practice name | referring facility |
    receiving facility | sending facility | admitting facility | treating facility | service location |
    care site | primary practice | referral origin | institution | care establishment | location name |
    site name | facility location | home clinic | care facility | organization name | managing organization |
    service provider display | medical home | lieu de soins | centro medico | etablissement |
    clinic location | visit location | transfer facility | transferring facility | originating facility |
    discharging facility | discharge facility | performing facility | ems facility | destination facility |
    clinical institution | healthcare institution | follow up care site | admit source | admission source |
    student at | attends school at | enrolled at | teaches at | professor at | graduated from | graduate of |
    continuing care provider
  `),
  coordinates: list(`
    latitude | longitude | lat | lng | long lat | lat long | lat lon | gps | gps coordinates | coordinates |
    geolocation | geo | geopoint | lon | coords | coord | gps location | geo location | plus code
  `),
  clause: list(`is where`),
  box: list(`po box | p o box | post office box | pob | p o b | pmb`),
};

export const PLACE_FIELDS: Readonly<Record<string, Phrases>> = {
  address: list(`
    street | street 1 | street 2 | line | line 1 | line 2 | home | ship to | st address | address text |
    location of residence | at
  `),
  facility: list(`
    hospital | clinic | location | site | practice | location display | service provider | campus |
    treated at | seen at | center | medical center | nursing home | pharmacy | performing lab | organization |
    place
  `),
  city: list(`
    geography | district | region | address city | address district | town city | cities | home location |
    ort
  `),
};
