/**
 * Kinds of health data by which tool calls ask for them, with the other words for the same. A policy and a directory bring
 * their own; these are known without them, so that a request for what is specially protected is seen for what it is.
 */

/** Under a law of its own: 45 CFR 164.501 and 164.508(a)(2), 42 CFR Part 2, and states' laws. */
const PROTECTED: Readonly<Record<string, readonly string[]>> = {
  psychiatric_history: [
    'psychiatric',
    'psychiatric_records',
    'psychiatric_notes',
    'mental_health',
    'behavioral_health',
  ],
  psychotherapy_notes: ['psychotherapy', 'therapy_notes'],
  substance_use: ['substance_abuse', 'substance_use_disorder', 'substance_abuse_treatment', 'sud'],
  hiv_status: ['hiv', 'hiv_test', 'hiv_results'],
  reproductive_health: ['reproductive_history', 'sexual_health'],
  genetic_information: ['genetics', 'genomics', 'genetic_results'],
};

const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  demographics: ['demographic'],
  insurance: ['coverage', 'insurance_information'],
  appointment_history: ['appointments', 'appointment', 'visits', 'schedule'],
  medical_history: ['history', 'clinical_history', 'clinical_records', 'medical_records'],
  medications: ['medication', 'meds', 'prescriptions', 'medication_list'],
  lab_results: ['labs', 'lab', 'laboratory_results', 'test_results'],
  procedure_codes: ['procedures', 'cpt_codes'],
  diagnoses: ['diagnosis', 'problems', 'problem_list', 'conditions'],
  allergies: ['allergy'],
  immunizations: ['vaccinations'],
  vital_signs: ['vitals'],
  imaging: ['radiology'],
  clinical_notes: ['notes', 'progress_notes'],
};

const PLAIN = /^[a-z0-9]*$/;
const ASCII = /^[ -~]*$/;

/** Names come again and again; when there are too many, it begins anew. */
const FOLDED_MAX = 4096;
const FOLDED_UNITS_MAX = 64;
const known = new Map<string, string>();

/** By the folded word. */
export const DATA_CATEGORIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...ORDINARY, ...PROTECTED }).flatMap(([category, words]) =>
    [category, ...words].map((word) => [folded(word), category] as const),
  ),
);

/** One form for the ways to write a name: `Lab-Results`, `labResults` and `lab_results` are one. */
export function folded(name: string): string {
  if (name.length > FOLDED_UNITS_MAX) return fold(name);
  let form = known.get(name);
  if (form === undefined) {
    if (known.size >= FOLDED_MAX) known.clear();
    known.set(name, (form = fold(name)));
  }
  return form;
}

function fold(name: string): string {
  if (PLAIN.test(name)) return name;
  if (ASCII.test(name)) return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
