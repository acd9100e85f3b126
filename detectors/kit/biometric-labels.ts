/** How people and programs call the records of fingers, faces, eyes and voices, and the words of traits and of such records. */
import type { Phrases } from '../contract.js';
import { hashOf } from './hash.js';
import { phrases, without } from './phrases.js';

const TRAIT =
  '(iris|retina|retinal|face|facial|voice|speaker|palm|palm vein|finger|finger vein|thumb|vein|hand|hand geometry|hand vein|gait|ear|dna|' +
  'keystroke|heartbeat|ecg|footprint|fingertip|eye|genetic)';
const MADE =
  'template|templates|scan|scan id|id|identifier|code|hash|recognition|recognition id|recognition template|signature|biometric|biometrics|' +
  'geometry|minutiae|profile|enrollment|enrolment|print|print id|pattern|sample id|match id|authentication|verification|dynamics|fingerprint|token';
const PRINT =
  '(fingerprint|thumbprint|palmprint|handprint|voiceprint|faceprint|irisprint|earprint|finger print|thumb print|voice print|palm print|' +
  'face print|hand print|iris print|latent print|ear print|retinal print|dna fingerprint|dna profile|biometric)';

/** Words for a trait that mean nothing but the trait's record. */
const prints = (): string[] =>
  phrases(
    `${PRINT} [${MADE}|reference|ref|number|no|data|image|sample|key|record|record id|record number|credential|credential id|template id|card|card no|card number]`,
    '(fingerprints|thumbprints|palmprints|voiceprints|faceprints|biometrics|finger prints|voice prints)',
    'iris code',
    '(vocal print|brain print|brainprint|lip print|lipprint|hand vein print|ten print|tenprint|finger and palm print|heart print|body print|tongue print) [card|id|number|no|record|ref|hash]',
    'prints (on file|id|no|number|record|ref|reference)',
    '(bite mark|ear shape|lip|tongue|typing|handwriting|handwritten signature|signature dynamics|passphrase|brain|brainwave|eeg|scent) (profile|record|biometric|biometrics|template|sample)',
    '(biometric|fingerprint) (sig|uid|uuid|guid|subject id|user id|handle|link|locator|file id|file number|marker id|artifact|artefact|asset)',
    '(voice model|speaker model|voice clone|face model|facial map|face map|facial landmark vector|facial landmarks) (template|id|hash|model)',
    'signature (template|dynamics id|biometric)',
    '(genome|genotype|genetic profile|genomic|snp profile|str) id',
    '(newborn|baby|infant) (footprints|footprint|prints)',
    'footprints [id|no|number|record]',
    '(fingerprint|face|iris|voice|palm) (login|gallery|enrollee|probe) [id]',
    'minutiae (id|template|template id|record)',
    '(fp|bio|bm|finger) (template|hash|id|ids|data|token)',
    'huella [digital|dactilar]',
    'huellas dactilares',
    'rekognition face id',
    'rekognitionfaceid',
  );

export const BIOMETRIC_LABELS: Readonly<Record<string, Phrases>> = {
  vector: () =>
    phrases(
      '(face|facial|voice|speaker|iris|fingerprint|gait|biometric|palm) (embedding|embeddings|vector|vectors|encoding|encodings|descriptor|descriptors|features|feature vector)',
      'faceprint vector',
      'minutiae',
    ),
  print: prints,
  trait: () =>
    without(
      phrases(
        `${TRAIT} (${MADE}|record|sample|reference|ref|recording)`,
        'touch id',
        'iris scans',
        'str profile',
        '(palm vein|finger vein) [reader|scanner]',
        '(fingerprint|iris|retina|palm|face) (reader|scanner)',
      ),
      prints(),
    ),
  // Files of the police and of coroners.
  system: () =>
    phrases(
      '(livescan|live scan|afis|iafis|codis) [tcn|ati|id|no|number|record]',
      'ati (number|no)',
      '(ncic|henry) [fingerprint] (classification|class)',
      'fingerprint (classification|class)',
      'fpc',
      'bir',
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
  ],
  // What a trait has to be named for nearby.
  weak: () =>
    phrases(
      'template',
      'templates',
      '(template|embedding|gallery|match|scan|credential) (id|ids|no|number|hash|key|ref|reference)',
      '(enrollment|enrolment) (hash|template)',
    ),
};

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(/\s+/).map(hashOf));

export const TRAITS = hashes(
  `fingerprint fingerprints finger fingers thumb thumbprint palm palmprint iris retina retinal face facial voice voiceprint speaker vein
  gait keystroke dna biometric biometrics faceprint livescan afis prints`,
);
/** What else has fingerprints: keys and certificates, browsers, molecules. */
export const THINGS = hashes(
  'ssh tls ssl certificate cert gpg pgp host browser rsa x509 public peptide molecular chemical signing',
);
/** Words between label and value that say that an identifier comes. */
export const IDS = hashes(
  `id ids identifier code hash number no num nr ref reference token key template templates record signature sha256 sha1 sha512 md5 credential
  minutiae enrollment enrolment tcn ati profile card`,
);
/** Names of algorithms and standards that a number follows: SHA-256, ISO 19794-2. */
export const ALGORITHMS = hashes('sha md iso ansi incits nist fips');
/** Words that may stand there besides. */
export const FILLERS = hashes(
  `scan scans print prints enrolled embedding vector data image images sample capture card verification
  verified authentication match matched matches registered on file is was are as under with the a of for and in at to string value user patient s
  base64 hex right left index thumb middle ring little finger hand eye both stored saved recorded created confirmed captured collected
  biometric biometrics iris retina retinal face facial voice palm vein gait fingerprint voiceprint recording recordings assigned issued db database
  system reads equals entry used unique digital format version fmr wsq r l newborn newborn's type position modality`,
);
/** Words right before a value that say that it comes now. */
export const BEING = hashes('is was are reads as under returned');
/** Endings of recordings and of template files. */
export const FILES = hashes(
  'wav mp3 m4a ogg flac aac wsq fmr fir iir an2 nist eft jp2 bmp png jpg jpeg tif tiff raw bin dat tpl',
);
