/** How people and programs call the records of fingers, faces, eyes and voices, and the words of traits and of such records. */
import type { Phrases } from '../../contract.js';
import { phrases, without } from '../phrases.js';
import { words } from '../word-set.js';

const TRAIT =
  '(palmvein|fingervein|handgeometry|handvein|iris|retina|retinal|face|facial|voice|speaker|palm|palm vein|finger|finger vein|thumb|vein|hand|hand geometry|hand vein|gait|ear|dna|' +
  'keystroke|heartbeat|ecg|footprint|fingertip|eye|genetic)';
const MADE =
  'template|templates|template id|scan|scan id|id|identifier|code|hash|recognition|recognition id|recognition template|signature|biometric|biometrics|' +
  'geometry|minutiae|profile|enrollment|enrolment|print|print id|pattern|sample id|match id|authentication|verification|dynamics|fingerprint|token|' +
  'capture|map|mesh|model|match|file|session|auth|auth id|biometric id|uid|uuid|key|data|metric|metrics|login|unlock|registration|matching|identification|number|no';
const PRINT =
  '(fingerprint|thumbprint|palmprint|handprint|voiceprint|faceprint|irisprint|earprint|finger print|thumb print|voice print|palm print|' +
  'face print|hand print|iris print|latent print|ear print|retinal print|dna fingerprint|dna profile|biometric|biometrlc|blometric|fmgerprint|flngerprint|fingerprlnt|finqerprint|volceprint)';

/** Words for a trait that mean nothing but the trait's record. */
const prints = (): string[] =>
  phrases(
    `${PRINT} [${MADE}|reference|ref|number|no|data|image|sample|key|record|record id|record number|credential|credential id|template id|card|card no|card number]`,
    '(fingerprints|thumbprints|palmprints|voiceprints|faceprints|biometrics|finger prints|voice prints)',
    'iris code',
    '(biometric|biometrics|fingerprint|thumbprint|palmprint|voiceprint|faceprint|footprint|footprints|thumb impression|finger impression|finger print) (session|event|transaction|capture|sheet|form|impression|enrollment|enrolment|slot|index|profile|account|tag|marker|value|digest|blob|payload|string|characteristic|serial|entry|log|exam|consent|subject|print|list|registration|identity|person id)',
    '(liveness|facetec|face tec|iproov|onfido|jumio|face match|face verification|facial verification|facial match) [session|check|verification|capture|auth|enrollment|detection|test|transaction|audit|video] [id|ref|reference|token|number|no|hash]',
    'selfie (session|check|verification|liveness|match|capture|auth|enrollment|token) [id|ref|reference|number|no]',
    '(bioid|bio id|biometric pin|biokey|bio key|biotoken|bio token|bioref|bio ref)',
    '(palmsecure|palm secure|rightpatient|patientsecure|patient secure|imprivata|crosschx|secugen|digitalpersona|nuance gatekeeper|gatekeeper|voiceauth|voice auth|voice authentication|voice id|voice biometrics|pindrop|eyelock|neurotechnology|cognitec) (id|template|record|enrollment|enrolment|voiceprint|ref|reference|number|no|profile)',
    '(vocal print|brain print|brainprint|lip print|lipprint|hand vein print|ten print|tenprint|finger and palm print|heart print|body print|tongue print) [card|id|number|no|record|ref|hash]',
    'prints (on file|id|no|number|record|ref|reference)',
    '(bite mark|ear shape|lip|tongue|typing|handwriting|handwritten signature|signature dynamics|passphrase|brain|brainwave|eeg|scent) (profile|record|biometric|biometrics|template|sample)',
    '(biometric|fingerprint) (sig|uid|uuid|guid|subject id|user id|handle|link|locator|file id|file number|marker id|artifact|artefact|asset)',
    '(voice model|speaker model|voice clone|face model|facial map|face map|facial landmark vector|facial landmarks) (template|id|hash|model)',
    '(signature|handwriting|speaker|voice) verification (template|model|profile|sample)',
    'signature (template|dynamics id|biometric)',
    '(genome|genotype|genetic profile|genomic|snp profile|str) id',
    '(newborn|baby|infant) (footprints|footprint|prints)',
    'footprints [id|no|number|record]',
    'foot print (sheet|form|id|no|number|record|card)',
    '(typing|keystroke|keyboard) cadence [profile|template|id]',
    '(fingerprint|face|iris|voice|palm) (login|gallery|enrollee|probe) [id]',
    'minutiae (id|template|template id|record)',
    '(fp|bio|bm|finger) (template|hash|id|ids|data|token)',
    'huella [digital|dactilar]',
    'huellas dactilares',
    'rekognition face id',
    'rekognitionfaceid',
  );

/** Records that are rows of numbers. */
const vectors = (): string[] =>
  phrases(
    '(face|facial|voice|speaker|iris|fingerprint|gait|biometric|palm) (embedding|embeddings|vector|vectors|encoding|encodings|descriptor|descriptors|features|feature vector)',
    'faceprint vector',
    'minutiae',
    'faceprint (embedding|encoding)',
    '(face|facial|voice|gait|iris|ear|palm) (representation|template vector|embedding vector|feature|landmarks|coordinates|nodes|points)',
    '(dna|str|genetic|codis) (profile|alleles|genotype|markers|loci)',
    '(iris|voice|gait|signature|keystroke) (coefficients|timings|timing vector|dwell times|flight times)',
  );

export const BIOMETRIC_LABELS: Readonly<Record<string, Phrases>> = {
  vector: vectors,
  print: () => without(prints(), vectors()),
  trait: () =>
    without(
      phrases(
        `${TRAIT} (${MADE}|record|sample|reference|ref|recording)`,
        'touch id',
        '(signature dynamics|keystroke dynamics|typing dynamics|gait analysis|ear shape|facescan|irisscan|voice sample|voice recording|fingerscan|palmscan)',
        'iris scans',
        '(palm vein|finger vein) [reader|scanner]',
        '(fingerprint|iris|retina|palm|face) (reader|scanner)',
      ),
      prints(),
      vectors(),
    ),
  // Files of the police and of coroners.
  system: () =>
    without(
      phrases(
        '(livescan|live scan|afis|iafis|codis|abis|ngi|idemia|identogo|cbeff|ansi nist|nist itl|ten print|interpol afis|eurodac|hart|next generation identification) [tcn|ati|id|no|number|record|record id|sid|ue id|encounter id|encounter|transaction|transaction number|transaction control number|control number|subject id|person id|identity id|hit|ref|reference|candidate|candidate id|specimen|specimen id|profile|profile id|case|file|index|gallery id|enrollment id|enrolment id|fin]',
        'ident fingerprint identification number',
        'fbi (ucn|universal control number)',
        '(universal control number|ucn)',
        '(fingerprint|fingerprint based) (sid|ucn|fbi number|fbi no|state id)',
        'fingerprint (identification number|control number)',
        'ue id',
        'type (4|10|13|14|15|17) [record] [idc]',
        'ati [number|no]',
        '(ncic|henry) [fingerprint] (classification|class)',
        'fingerprint (classification|class)',
        'fpc',
        'bir',
      ),
      prints(),
      vectors(),
    ),
  word: [
    'iris',
    'irises',
    'retinal',
    'retina',
    'voice',
    'face',
    'palm',
    'gait',
    'footprint',
    'dna',
    'thumb',
    'keystroke',
    'ear',
    'finger',
  ],
  // How files of such records end.
  file: ['wsq', 'an2', 'fmr', 'iir', 'nist', 'eft', 'kind7'],
  // Loci by which a person's DNA is told, before their alleles (FBI, CODIS core loci).
  locus:
    'd3s1358 vwa d16s539 csf1po tpox d8s1179 d21s11 d18s51 d2s441 d19s433 th01 fga d22s1045 d5s818 d13s317 d7s820 d10s1248 d1s1656 d12s391 d2s1338 amel'.split(
      ' ',
    ),
  // What a trait has to be named for nearby.
  weak: () =>
    phrases(
      'template',
      'templates',
      '(template|embedding|gallery|match|scan|credential) (id|ids|no|number|hash|key|ref|reference)',
      '(enrollment|enrolment|match|probe|gallery|reference|candidate) (hash|template|subject)',
      '(descriptor|descriptors|embedding|encoding|feature template|template data|template string|templatestring|template base64)',
      '(fmd|tmpl|tpl|feature vector|feature set|feature data|probe|blob|templatedata|template b64)',
    ),
};

export const TRAITS = words(
  `fingerprint fingerprints finger fingers thumb thumbprint palm palmprint iris retina retinal face facial voice voiceprint speaker vein
  gait keystroke dna biometric biometrics faceprint livescan afis prints palmvein fingervein ear hand eye eyes selfie liveness bio irises palms thumbs enrolled enrolledfingers nfiq modality biometricdata`,
);
/** What else has fingerprints: keys and certificates, browsers, molecules. */
export const THINGS = words(
  'ssh tls ssl certificate cert gpg pgp host browser rsa x509 public peptide molecular chemical signing',
);
/** Words between label and value that say that an identifier comes. */
export const IDS = words(
  `id ids identifier code hash number no num nr ref reference token key template templates record signature sha256 sha1 sha512 md5 credential
  minutiae enrollment enrolment tcn ati profile card sid ucn uid uuid vector embedding tmpl digest specimen idc fin`,
);
/** Names of hashes, which a colon ties to what they made. */
export const DIGESTS = words('sha256 sha1 sha512 md5 sha blake3 phash simhash');
/** Names of algorithms and standards that a number follows: SHA-256, ISO 19794-2. */
export const ALGORITHMS = words('sha md iso ansi incits nist fips');
/** Words that may stand there besides. */
export const FILLERS = words(
  `scan scans print prints enrolled embedding vector data image images sample capture card verification
  verified authentication match matched matches registered on file is was are as under with the a of for and in at to string value user patient s
  model profile session map list check sheet form impression verified login unlock kiosk result passed returned accepted analysis against our database admission intake taken file filed shape patient's
  base64 hex right left index thumb middle ring little finger hand eye both stored saved recorded created confirmed captured collected
  biometric biometrics iris retina retinal face facial voice palm vein gait fingerprint voiceprint recording recordings assigned issued db database
  system archived lodged held indexed kept logged listed named reads equals entry used unique digital format version fmr wsq r l newborn newborn's type position modality`,
);
/** Words right before a value that say that it comes now. */
export const BEING = words('is was are reads as under returned');
/** Endings of recordings and of template files. */
export const FILES = words(
  'wav mp3 m4a mp4 ogg opus amr flac aac wsq fmr fmd fir iir an2 nist eft kind7 jp2 j2k bmp png jpg jpeg tif tiff raw bin dat tpl npy pkl json xml',
);
