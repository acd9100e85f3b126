/**
 * The words that say what a code near them is, by category: "member", "licence", "accession". A close word counts within a
 * clause; a tight one, which mostly means something else, only right before the code. A neutral word says that the code
 * identifies a thing, a drug or a place in a book.
 */
import { Cue } from '../../contract.js';
import { hashOf } from '../hash.js';
import { WordTable } from '../words.js';

/** Bits of the table: a category's bit among the first ten for a close word, among the next ten for a tight one. */
export const CLOSE_BITS = 0x3ff;
export const TIGHT_SHIFT = 10;
export const TIGHT_BITS = CLOSE_BITS << TIGHT_SHIFT;
export const NEUTRAL = 1 << 20;
/** "number", "no", "id": says that a code follows. */
export const NUMBER = 1 << 21;
/** The same, but does not say so by itself: also codes of things are called that. */
export const CODE = 1 << 24;
/** May stand between a word and its code without making it less likely. */
export const LINK = 1 << 22;
/** A tight word that claims also a short number right behind it. */
export const FIRM = 1 << 26;
/** Leads from a code to the word behind it: "4420 is …", "4420 on the …". */
export const LEAD = 1 << 23;
/** … and states it. */
export const IS = 1 << 25;

const close = (cue: Cue, list: string): readonly [number, string] => [1 << cue, list];
const tight = (cue: Cue, list: string): readonly [number, string] => [1 << (TIGHT_SHIFT + cue), list];

const ROWS: readonly (readonly [number, string])[] = [
  close(Cue.Ssn, 'ssn ssns socsec'),
  tight(Cue.Ssn, 'social soc itin'),
  close(Cue.Mrn, 'mrn mrns empi mpi hrn uhid medrec charts dossier expediente emr ehr dfn cpi pmi'),
  tight(
    Cue.Mrn,
    'mr pt pts pat patient resident pid hospital hosp clinic unit ur rec chart charted record records file folder client opened accessed viewed subpoena merged duplicate ours theirs mother mom baby infant newborn twin recipient epic cerner meditech athena legacy',
  ),
  close(
    Cue.HealthPlan,
    'member members mernber mbr mem memb subscriber subscribers subsc subscr subs beneficiary bene enrollee insured policy policyholder cardholder insurance insurer medicaid medicare medigap ' +
      'payer payor tricare champus champva hmo ppo coverage precert precertification preauth preauthorization preapproval mbi hicn aetna cigna humana bcbs anthem uhc ' +
      'unitedhealthcare molina wellcare ambetter shield bluecross blueshield caresource amerigroup centene masshealth tenncare badgercare forwardhealth ahcccs healthnet soonercare insurers',
  ),
  tight(
    Cue.HealthPlan,
    'ins insur united plan group grp grps cin bic fep prefix auth authorization authorisation authorized approval contract sub dependent dependents kaiser oscar rxbin rxpcn rxgrp rxgroup rxid loa certificate benefit benefits enrolled',
  ),
  close(
    Cue.Account,
    'account accounts accoun1 acct accts acnt invoice invoices claim claims billing ledger guarantor routing iban superbill remittance eob visa mastercard amex diners ' +
      'debit wallet paypal venmo zelle checking dda tcn dcn',
  ),
  tight(
    Cue.Account,
    'acc ac hsa fsa hra trans bill bills statement statements card cc mc savings bank customer loan lender payment payments receipt receipts transaction txn ach eft icn har discover credit deposit refund collections finance wire aba rtn check cheque charge charges slip trace voucher autopay inv bal apply applied posted remit debtor',
  ),
  close(
    Cue.License,
    'license licence iicense licenses licences licensed licensure lic lisc npi npis dea passport pasaporte ptan upin clia uscis nremt gmc nmc ahpra',
  ),
  tight(
    Cue.License,
    'dl dln cdl oln odl permit permits registration registered certificate certification certified cert credential credentialed commission notary visa cds csr clia ' +
      'rn lpn lvn np aprn arnp cna emt lcsw lmft lpc lmhc rph pharmd pharmacist dds dvm dpt otr slp rrt rdn abim abfm abms bls acls alien prescriber provider driver drivers',
  ),
  close(
    Cue.OtherId,
    'accession specimen accessioned encounter encounters csn requisition referral participant inmate volunteer proband booking detainee offender prisoner ' +
      'employee badge student confirmation barcode wristband registry autopsy ticket docket tracking fedex usps userid username login aadhaar nhs nino cnic ' +
      'edipi typenex donor pathology cytology histology crossmatch incident complaint grievance appointment prescription',
  ),
  tight(
    Cue.OtherId,
    'adm subj subject subjects enc conf control document doc appt inmate admission visit visits order orders req requisitions case cases study trial sample samples tube block slide cassette container band bracelet run pcr cad rx script ' +
      'report ref reference reservation event token session user fbi sin ni ups dhl parcel shipment pkg staff emp crew unit bag locker queue job dictation pin referral referrals ' +
      'path surgical cyto lab labs transplant candidate tumor rewards loyalty library membership school military service va fin episode exam imaging mailing tag',
  ),
  close(
    Cue.Device,
    'serial serials serialno srl udi imei imeis meid iccid eid device devices pacemaker pacemakers pacer defibrillator neurostimulator stimulator implant implants implanted explanted ' +
      'prosthesis prosthetic cochlear stent pump pumps glucometer cgm dexcom libre medtronic abiomed cpap bipap apap ventilator concentrator nebulizer oximeter wheelchair walker holter ' +
      'handset smartwatch wearable fitbit transmitter telemetry lvad aed dialyzer generator programmer endoscope bronchoscope implantable interrogated hearing ' +
      'glucometers wearables nebuliser seriennummer serie omnipod tandem resmed airsense dreamstation inogen lifevest linq zio carelink airview heartmate biotronik cardiomems ' +
      'biomed exoskeleton orthosis spirometer thermometer powerchair smartphone firmware udid imsi idfa gaid bssid applicator communicator lumenis',
  ),
  tight(
    Cue.Device,
    'sn monitor machine equipment meter sensor reader tablet ipad iphone laptop kit lens iol graft mesh valve scanner scope asset equip appliance mac bluetooth ble modem gateway watch aid aids component ser transceiver hub pod phone android idfv esn prosthetics cuff bed scale tracker recorder controller hostname lead leads port rollator brace afo vent lift iud nexplanon mirena kyleena paragard shunt clip tray cup stem expander ' +
      'filter alaris laser remote receiver inhaler tank vac hvad interstim trilogy sticker plug catheter crutches commode cane splint stimulators earbud azure emblem module adapter dongle stim ipg garment mattress charger knee hip elbow socket foot recall ox',
  ),
  close(
    Cue.Vehicle,
    'vin vins plate plates vehicle vehicles car cars truck van suv sedan minivan pickup motorcycle motorbike automobile toyota honda ford chevy chevrolet nissan subaru jeep hyundai kia ' +
      'tesla bmw volkswagen mazda dodge buick lexus acura camry corolla civic accord altima rav4 f150 silverado prius hatchback coupe towed tow valet garage ' +
      'towing impound impounded wrecker gmc cadillac chrysler infiniti mitsubishi volvo audi mercedes pontiac porsche harley yamaha kawasaki moped snowmobile helicopter medevac ' +
      'sentra elantra sonata impala malibu equinox tahoe suburban highlander tacoma sienna odyssey wrangler cherokee outback forester impreza tucson ' +
      'rideshare uber lyft taxi transponder ezpass sunpass fastrak txtag placard decal medallion hull odometer motorhome camper',
  ),
  tight(
    Cue.Vehicle,
    'parked parking driving drives driven drove auto trailer cab bus shuttle fleet scooter aircraft rental loaner boat rig ambulette chassis tolls toll rv',
  ),
  close(
    Cue.Biometric,
    'fingerprint fingerprints voiceprint voiceprints biometric biometrics iris irises retinal retina faceprint faceprints palmprint palmprints thumbprint thumbprints minutiae palmvein ' +
      'facial livescan afis abis touchid faceid fingervein footprint footprints handprint gait earprint ' +
      'liveness selfie facetec fingerprinted fingerprinting tenprint tenprints iafis idemia identogo wsq nfiq voiceauth bioid iriscode palmsecure secugen digitalpersona rekognition ' +
      'keystroke minutia rightpatient patientsecure biometrically irisprint',
  ),
  tight(
    Cue.Biometric,
    'palm thumb finger face voice vein template embedding enrolled enrolment enrollment scan print prints vector speaker ear hand embeddings tmpl modality gallery eye dna passphrase thumbs fingers fp fprint fprints bio bmid typing eeg tattoo tattoos bite signature passkey vocal latent cadence lip',
  ),
  [
    FIRM,
    'group grp kaiser visit subject subj staff case order rx ref reference sample study session patient pt resident mr dl chart record file pin',
  ],
  [
    NUMBER,
    'number numbers no num nbr nr n0 id ids ld identifier identifiers identification numero nummer nurnber nurnbers',
  ],
  [NUMBER | CODE, 'code codes key cntl control'],
  [LEAD | IS, 'is was are assigningauthorityname'],
  [LEAD, 'on in from under as for'],
  [
    LINK,
    'is was are were be been being reads read shows showing show as of for the a an on in at under with by his her their my your our its this that these those ' +
      'patient patients pt s says said states stated listed recorded noted printed given used using to from per which ending ends came old new current valid active ' +
      'primary secondary main full correct right following below here it and or field value not index entry entered holder copy label labelled labeled reader quoted appears appear listed ' +
      'swapped replaced exchanged interrogated returned issued dispensed loaned delivered paired scanned inserted removed sent shipped serviced',
  ],
  [
    NEUTRAL,
    'icd icd9 icd10 cpt cpt4 hcpcs loinc snomed rxnorm ndc drg taxonomy pmid pmc pmcid doi isbn issn nct genbank refseq uniprot pdb clinvar geo catalog catalogue sku ' +
      'part item form table figure fig page pages chapter section version rev revision build release port step stage grade type phase model lot batch expiry exp ' +
      'protocol guideline guidelines rfc iso statute grant patent room bed suite ward floor bay ext extension pager zip postal year years since dated born dob date ' +
      'phone tel telephone cell mobile fax hotline po gtin upc count total qty quantity copay balance dose error status http wbc plt platelets sha1 sha256 sha512 md5 ' +
      'cd4 bnp creatinine ck troponin gene exon variant locus chromosome allele cas commit branch gauge epoch timestamp milliseconds seconds bytes rows lines',
  ],
];

export const CUE_WORDS = new WordTable(ROWS);

const FILTER_BITS = 14;

/** Where the filter has a word, by its hash. */
export const cueSlot = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);

/** The categories' bits that words with the same slot have, close or tight: one load says that a word is none of them. */
export const CUE_FILTER = new Uint16Array(1 << FILTER_BITS);
for (const [bits, list] of ROWS) {
  const own = (bits | (bits >> TIGHT_SHIFT) | (bits & NUMBER ? 1 << Cue.OtherId : 0)) & CLOSE_BITS;
  for (const word of list.split(/\s+/)) CUE_FILTER[cueSlot(hashOf(word))] |= own;
}
