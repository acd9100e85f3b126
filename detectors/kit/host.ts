/**
 * Host names: which last labels are top-level domains, and which hosts identify nobody because they name vocabularies,
 * schemas, publications or software rather than a person's page.
 */
import { hashOf } from './hash.js';

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashOf));

/** Top-level domains that make a dotted name a host even without a path; none is a usual word of code. */
export const PLAIN_TLDS = hashes('com org net edu gov mil');

/** Top-level domains that make a dotted name a host when a path follows, and that e-mail addresses end in. */
export const TLDS: ReadonlySet<number> = new Set([
  ...PLAIN_TLDS,
  ...hashes(
    'int info biz io co us uk ca au nz ie de fr es it nl be ch at se no dk fi pl pt cz gr ru ua jp cn kr in br mx ar cl ' +
      'za il tr hu ro ee lt lv sk si hr bg lu is eu me tv ly gl gd gg ai to fm cc ws app dev cloud online site web page ' +
      'link health healthcare care clinic hospital doctor dental dentist surgery physio pharmacy med medical vet fit ' +
      'life live family foundation group center team email chat media social blog news store shop tech systems ' +
      'solutions services network digital software tools support help agency global world today space website click ' +
      'xyz top pro mobi name coop museum aero jobs law legal finance bank insurance fund example test invalid local ' +
      'internal intranet lan corp home localhost onion',
  ),
]);

/** Second-level labels under a country: co.uk, com.au, ac.il. */
export const SECOND_LEVEL = hashes('co com org net ac edu gov nhs gob gouv go or');

/** Hosts (with all below them) whose URLs are names of vocabularies and schemas, or public pages of publishers. */
const NOBODYS = new Set(
  // Terminologies, profiles and namespaces.
  (
    'hl7.org hl7.eu fhir.org terminology.hl7.org loinc.org snomed.info snomed.org unitsofmeasure.org rxnav.nlm.nih.gov ' +
    'nucc.org ama-assn.org ihe.net dicomstandard.org nema.org openehr.org ohdsi.org omop.org smarthealthit.org ' +
    'synthetichealth.github.io simplifier.net w3.org w3id.org schema.org json-schema.org purl.org purl.obolibrary.org ' +
    'xmlsoap.org oasis-open.org openxmlformats.org schemas.microsoft.com iana.org ietf.org rfc-editor.org iso.org ' +
    'gs1.org openid.net oauth.net xmlns.com dublincore.org unicode.org opengis.net obofoundry.org bioontology.org ' +
    // Publications and public health.
    'doi.org pubmed.gov ncbi.nlm.nih.gov nlm.nih.gov nih.gov cdc.gov fda.gov cms.gov hhs.gov ahrq.gov clinicaltrials.gov ' +
    'medlineplus.gov samhsa.gov dea.gov va.gov who.int ema.europa.eu nice.org.uk nejm.org jamanetwork.com thelancet.com ' +
    'bmj.com nature.com science.org sciencedirect.com springer.com wiley.com cochranelibrary.com cochrane.org ' +
    'uptodate.com medscape.com uspreventiveservicestaskforce.org acog.org acr.org acc.org heart.org diabetes.org ' +
    'cancer.org nccn.org aafp.org aap.org orcid.org arxiv.org medrxiv.org biorxiv.org plos.org frontiersin.org mdpi.com ' +
    'biomedcentral.com oup.com cambridge.org ahajournals.org wikipedia.org creativecommons.org opensource.org ' +
    // Software and its manuals.
    'python.org pypi.org readthedocs.io readthedocs.org npmjs.com npmjs.org nodejs.org rust-lang.org golang.org go.dev ' +
    'docs.rs crates.io apache.org gnu.org mozilla.org kernel.org sourceforge.net stackoverflow.com stackexchange.com ' +
    'docs.microsoft.com learn.microsoft.com developer.apple.com docs.aws.amazon.com swagger.io openapis.org ' +
    'postgresql.org sqlite.org docker.com numpy.org scipy.org pandas.pydata.org pytorch.org tensorflow.org'
  ).split(' '),
);

/** Code hosts: a project's page identifies nobody, a person's page (one step of path) does. */
const PROJECTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'githubusercontent.com']);
const PARENTS_MAX = 6;
const HOST_MAX = 128;

/** Paths under which any FHIR server names definitions, not people. */
const DEFINITIONS =
  /\/(StructureDefinition|CodeSystem|ValueSet|NamingSystem|ConceptMap|SearchParameter|ImplementationGuide)\//;

/** Whether the host in `units[from..to)`, followed by its path, is one of those that identify nobody. */
export function isNobodysHost(units: Uint16Array, from: number, to: number, urlEnd: number): boolean {
  let host = textOf(units, from, to).toLowerCase();
  if (DEFINITIONS.test(textOf(units, to, urlEnd))) return true;
  for (let n = 0; n < PARENTS_MAX && host !== ''; n++) {
    if (NOBODYS.has(host)) return true;
    if (PROJECTS.has(host)) return stepsOf(units, to, urlEnd) !== 1;
    const dot = host.indexOf('.');
    if (dot < 0) return false;
    host = host.slice(dot + 1);
  }
  return false;
}

function textOf(units: Uint16Array, from: number, to: number): string {
  return to > from ? String.fromCharCode(...units.subarray(from, Math.min(to, from + HOST_MAX))) : '';
}

function stepsOf(units: Uint16Array, from: number, to: number): number {
  let steps = 0;
  for (let i = from; i < to - 1; i++) if (units[i] === 0x2f && units[i + 1] !== 0x2f) steps++;
  return steps;
}
