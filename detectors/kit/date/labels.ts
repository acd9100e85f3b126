/**
 * Labels of dates and ages, by kind, as charts, forms, FHIR, HL7 and logs have them. `DATE_FIELDS` are words that mean a
 * date only as the name of a field.
 */
import type { Phrases } from '../../contract.js';

/** Phrases set apart by semicolons. */
const phrases = (text: string): string[] =>
  text
    .trim()
    .split(/\s*;\s*/)
    .map((phrase) => phrase.replace(/\s+/g, ' '));

export const DATE_LABELS: Readonly<Record<string, Phrases>> = {
  birth: () =>
    phrases(`
    dob; d.o.b.; date of birth; birth date; birthday; bday; born; born on; date born; birth dt; patient dob; patient
    birth date; date de naissance; fecha de nacimiento; birth day; dt of birth; date of brith; birth date time; year
    of birth; birth year; yob
  `),
  death: () =>
    phrases(`
    date of death; death date; deceased date; deceased date time; date deceased; died on; dod; time of death;
    expired on
  `),
  visit: () =>
    phrases(`
    admission date; admit date; date of admission; date admitted; admitted on; discharge date; date of discharge;
    date discharged; discharged on; date of service; dates of service; dos; service date; visit date; date of visit;
    appointment date; date of appointment; encounter date; date of encounter; exam date; date of exam; date of
    examination; examination date; date seen; seen on; procedure date; date of procedure; date of surgery; surgery
    date; operation date; date of operation; collection date; date collected; collected on; collected date; specimen
    date; report date; date of report; result date; date reported; date received; received on; received date; order
    date; date ordered; onset date; date of onset; date of injury; injury date; date of accident; accident date;
    date of loss; date signed; signed on; signature date; date written; date dictated; dictated on; date
    transcribed; transcribed on; dictation date; transcription date; study date; scan date; image date; acquisition
    date; series date; content date; imaging date; referral date; date of referral; date of consult; consult date;
    consultation date; date of consultation; date of evaluation; evaluation date; follow up date; next visit; last
    visit; next appointment; last appointment; last seen; next appt; last appt; fill date; date filled; last filled;
    dispense date; prescribed on; date prescribed; start date; end date; stop date; date started; date stopped;
    period start; period end; effective date; effective date time; recorded date; authored on; occurrence date time;
    performed date time; onset date time; abatement date time; issued date; asserted date; vaccination date;
    immunization date; date given; date administered; administered on; implant date; date implanted; date of
    implant; lmp; last menstrual period; edd; edc; due date; estimated due date; enrollment date; date of
    enrollment; consent date; diagnosis date; date of diagnosis; date diagnosed; date entered; entry date; date of
    entry; transfer date; date of transfer; date of call; call date; date of note; note date; date of review; date
    of interview; date of contact; hire date; marriage date; statement date; billing date; invoice date; payment
    date; claim date; last updated; transplant date; date of transplant; date time; datetime; date of hire; crash
    date; date of last visit; event date; svc date; svc dt; dt of service; proc date; coll date; coll dt; date rcvd; rcvd date;
    date of delivery; delivery date; last dose date; date of last dose; date of last use; quit date; sobriety date; eff date; term date;
    termination date; coverage start; coverage end; valid from; valid through; auth start; auth end; date from; date to; from date;
    thru date; written on; filled on; placed on; performed on; completed on; date completed; date performed; date placed; removal date;
    date of removal; injection date; date of injection; treatment date; date of treatment; screening date; date of exposure; exposure date;
    date of transfusion; date of biopsy; biopsy date; next dose due; next injection due; recert date; recert; recertification; recertification period; recert period; cert period; certification period;
    cert from; cert to; soc date; start of care; start of care date; date of start of care; roc; roc date; resumption of care; benefit period; episode
    period; covers period; statement period; period from; verbal order date; auth period; authorization period; plan of care period; certified from; certification date;
     scheduled date; departure date; arrival date; admission
    date time; discharge date time
  `),
  // Days of the year that a name of several words has.
  holiday: () =>
    phrases(`
    easter; easter sunday; easter monday; good friday; palm sunday; ash wednesday; black friday; labor day; labour day; memorial day; mother s day;
    mothers day; father s day; fathers day; valentine s day; valentines day; columbus day; veterans day; veteran s day; presidents day;
    president s day; independence day; mlk day; martin luther king day; groundhog day; st patrick s day; st patricks day; saint patrick s day;
    st paddy s day; super bowl sunday; boxing day; mardi gras; yom kippur; rosh hashanah; passover; diwali; lunar new year; chinese new year;
    cinco de mayo; july fourth; the fourth of july
  `),
  age: () =>
    phrases(`
    age; aged; patient age; age in years; age years; age sex; sex age; age gender; gender age; at age; age at death;
    age at visit; pt age
  `),
};

export const DATE_FIELDS: Readonly<Record<string, Phrases>> = {
  birth: () =>
    phrases(`
    birth; nacimiento; naissance; geboren
  `),
  death: () =>
    phrases(`
    died; deceased; death; expired
  `),
  visit: () =>
    phrases(`
    date; dated; admitted; admission; admit; discharged; discharge; seen; service; collected; received; reported;
    resulted; dictated; transcribed; onset; when; eval; evaluated; dt; appt; next; start; end; thru; effective;
    recorded; issued; authored; created; updated; timestamp; departure; arrival; adm; dc; discharge dt; admit dt;
    today; surgery; since; scheduled; ordered; performed; injury; fecha; date/time; day
  `),
};
