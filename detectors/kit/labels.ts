/**
 * Labels whose value identifies nobody: codes of drugs, diagnoses and procedures, publications, measurements. They keep
 * detectors of bare numbers from taking such a value for an identifier.
 */
export const NEUTRAL_LABELS: Readonly<Record<string, readonly string[]>> = {
  code: [
    ...['icd', 'icd 10', 'icd 9', 'icd10', 'icd10cm', 'icd 10 cm', 'icd code', 'icd 10 code', 'cpt', 'cpt code', 'cpt4', 'hcpcs', 'hcpcs code'],
    ...['loinc', 'loinc code', 'snomed', 'snomed ct', 'snomed code', 'sctid', 'concept id', 'code id', 'class id', 'vocabulary id', 'type id', 'rule id'],
    ...['ndc', 'ndc code', 'ndc number', 'ndc no', 'rxnorm', 'rxnorm code', 'rxcui', 'cvx', 'drg', 'ms drg', 'drg code', 'atc', 'atc code', 'unii', 'cui', 'umls'],
    ...['revenue code', 'procedure code', 'diagnosis code', 'billing code', 'modifier', 'taxonomy code', 'taxonomy', 'place of service', 'color', 'cas number', 'mesh id', 'omim', 'dbsnp'],
    ...['medlineplus', 'gene id', 'hgnc id', 'payer id', 'electronic payer id'],
  ],
  publication: [
    ...['pmid', 'pmcid', 'doi', 'isbn', 'issn', 'pubmed', 'pubmed id', 'nct', 'nct number', 'nct id', 'clinicaltrials', 'clinicaltrials gov'],
    ...['grant number', 'grant no', 'protocol number', 'protocol id', 'patent number', 'patent no', 'issue number', 'arxiv'],
    ...['genbank accession', 'geo accession', 'refseq accession', 'uniprot accession', 'sra accession', 'accession version', 'gse', 'genbank', 'refseq', 'uniprot'],
  ],
  quantity: ['qty', 'quantity', 'dose', 'count', 'total', 'refills', 'dispense', 'disp', 'copay', 'balance due'],
  version: [
    ...['version', 'ver', 'build', 'release', 'revision', 'rev', 'firmware', 'port', 'http', 'status code', 'error code', 'exit code', 'build number', 'version number'],
    ...['commit', 'pull request', 'line number', 'page number', 'room number', 'bed number', 'part number', 'catalog number', 'catalogue number', 'sku'],
  ],
};
