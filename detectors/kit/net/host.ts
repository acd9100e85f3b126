/**
 * Host names: which last labels are top-level domains, and which hosts identify nobody because they name vocabularies,
 * schemas, publications or software rather than a person's page.
 */
import { words } from '../word-set.js';

const PLAIN = 'com org net edu gov mil';
/** Top-level domains that make a dotted name a host even without a path; none is a usual word of code. */
export const PLAIN_TLDS = words(PLAIN);

/** Top-level domains that make a dotted name a host when a path follows, and that e-mail addresses end in. */
export const TLDS = words(
  `${PLAIN} ` +
    'int info biz io co us uk ca au nz ie de fr es it nl be ch at se no dk fi pl pt cz gr ru ua jp cn kr in br mx ar cl ' +
    'za il tr hu ro ee lt lv sk si hr bg lu is eu me tv ly gl gd gg ai to fm cc ws app dev cloud online site web page ' +
    'link health healthcare care clinic hospital doctor dental dentist surgery physio pharmacy med medical vet fit ' +
    'life live family foundation group center team email chat media social blog news store shop tech systems ' +
    'solutions services network digital software tools support help agency global world today space website click ' +
    'xyz top pro mobi name coop museum aero jobs law legal finance bank insurance fund example test invalid local ' +
    'internal intranet lan corp home localhost onion',
);

/** Second-level labels under a country: co.uk, com.au, ac.il. */
export const SECOND_LEVEL = words('co com org net ac edu gov nhs gob gouv go or');

/** Hosts (with all below them) whose URLs are names of vocabularies and schemas, or public pages of publishers. */
const NOBODYS = words(
  // Terminologies, profiles and namespaces.
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
    'postgresql.org sqlite.org docker.com numpy.org scipy.org pandas.pydata.org pytorch.org tensorflow.org',
);

/** Code hosts: a project's page identifies nobody, a person's page (one step of path) does. */
const PROJECTS = words('github.com gitlab.com bitbucket.org githubusercontent.com');
/** Resources under whose path any FHIR server names definitions, not people. */
const DEFINITIONS = words(
  'structuredefinition codesystem valueset namingsystem conceptmap searchparameter implementationguide',
);
const HOST_MAX = 128;
const DOT = 0x2e;
const SLASH = 0x2f;

/** Whether the host in `units[from..to)`, followed by its path up to `urlEnd`, is one of those that identify nobody. */
export function isNobodysHost(units: Uint16Array, from: number, to: number, urlEnd: number): boolean {
  if (to - from > HOST_MAX) return false;
  for (let label = from; label < to; label++) {
    if (label > from && units[label - 1] !== DOT) continue;
    const hash = foldedHash(units, label, to);
    if (NOBODYS.has(hash)) return true;
    if (PROJECTS.has(hash)) return stepsOf(units, to, urlEnd) !== 1;
  }
  return namesDefinition(units, to, urlEnd);
}

/** `hashOf` of plain letters, without taking them out of the text. */
function foldedHash(units: Uint16Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) {
    const unit = units[i];
    hash = Math.imul(hash ^ (unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit), 0x01000193);
  }
  return hash;
}

function namesDefinition(units: Uint16Array, from: number, to: number): boolean {
  let step = from;
  for (let i = from; i < to; i++) {
    if (units[i] !== SLASH) continue;
    if (i - step > 8 && i - step < 24 && DEFINITIONS.has(foldedHash(units, step, i))) return true;
    step = i + 1;
  }
  return false;
}

function stepsOf(units: Uint16Array, from: number, to: number): number {
  let steps = 0;
  for (let i = from; i < to - 1; i++) if (units[i] === SLASH && units[i + 1] !== SLASH) steps++;
  return steps;
}
