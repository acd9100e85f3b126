/**
 * Labels whose value identifies nobody: codes of drugs, diagnoses and procedures, publications, measurements. They keep
 * detectors of bare numbers from taking such a value for an identifier.
 */
export const NEUTRAL_LABELS: Readonly<Record<string, readonly string[]>> = {
  code: ['icd', 'icd 10', 'icd 9', 'icd10', 'icd10cm', 'icd 10 cm', 'cpt', 'cpt code', 'hcpcs', 'loinc', 'snomed', 'snomed ct', 'ndc', 'rxnorm', 'rxcui', 'cvx', 'drg', 'ms drg', 'atc', 'unii', 'revenue code', 'procedure code', 'diagnosis code'],
  publication: ['pmid', 'pmcid', 'doi', 'isbn', 'issn', 'pubmed', 'pubmed id', 'nct', 'clinicaltrials'],
  quantity: ['qty', 'quantity', 'dose', 'count', 'total', 'refills', 'dispense', 'disp'],
  version: ['version', 'ver', 'build', 'release', 'revision', 'rev', 'firmware', 'port', 'http', 'status code', 'error code'],
};
