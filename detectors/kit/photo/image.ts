/**
 * Pictures as text shows them: their file names, and their bytes in base64. A name is judged by its words: cameras number
 * their files, people name them after a face or a wound, and programs call them logo, icon or figure.
 */
import { words } from '../word-set.js';

/** Endings of picture files. */
export const PICTURES = words(
  'jpg jpeg jpe png heic heif tif tiff bmp gif webp dcm dicom jp2 raw cr2 nef dng arw avif jfif',
);
/** Endings that nothing but a camera or a scanner of people writes. */
export const TELLING_PICTURES = words('heic heif dcm dicom cr2 nef dng arw');
/** Endings of films. */
export const FILMS = words('mp4 mov avi m4v webm mpeg mpg wmv 3gp');

/** Words that cameras, phones and messengers begin a file name with; digits follow. */
export const CAMERAS = words(
  'img dsc dscn dscf dsc0 pxl pict mvimg mvi gopr dji imag cimg sam kic fb fbimg wa whatsapp signal snapchat screenshot selfie photo image pic scan pano burst vid mov p',
);

/** Words that say that somebody is in the picture. */
export const BODIES = words(
  `patient patients pt photo photos photograph photographs pic pics picture pictures portrait portraits selfie headshot headshots mugshot
  mug face faces facial frontal profile avatar id badge wound wounds rash lesion lesions skin burn ulcer incision scar mole eye eyes eyelid
  ear ears mouth teeth tooth dental smile nose lip lips scalp head neck chest breast back arm arms hand hands finger fingers foot feet toe leg
  legs knee ankle wrist shoulder hip spine pelvis brain xray x ray ct mri us ultrasound echo mammo mammogram retina fundus oct dermoscopy derm
  preop postop pre post intraop baseline clinical exam before after mom dad mother father baby newborn infant child son daughter wife husband
  family daughter grandma passport license licence insurance consent signature member`,
);

/** Words that say that a program or an author drew it. */
export const DRAWN = words(
  `logo logos icon icons favicon banner background bg button btn sprite sprites arrow spinner placeholder default thumbnail thumb header footer
  hero figure fig figures plot plots graph graphs chart charts diagram flowchart architecture schema heatmap histogram confusion matrix loss curve
  roc auc screenshot mockup wireframe cover splash asset assets static public theme ui test tests example sample samples demo output result
  results template watermark badge map texture tile pattern emoji flag qr barcode letterhead brand branding menu close open star check cursor`,
);

/** How base64 of JPEG, PNG, GIF, WebP, TIFF and HEIF begins. `/9j/` is cut by the tokeniser and looked for by itself. */
const MAGICS = [
  'iVBORw0KGgo',
  'R0lGODlh',
  'R0lGODdh',
  'UklGR',
  'SUkqA',
  'TU0AKg',
  'AAAAHGZ0eX',
  'AAAAIGZ0eX',
  'AAAAGGZ0eX',
  'AAAAJGZ0eX',
];

const RIFF_KIND = 12;
const WEBP = 'RUJQ';

export function isPictureMagic(text: Uint16Array, from: number): boolean {
  const first = text[from];
  if (first !== 0x69 && first !== 0x52 && first !== 0x55 && first !== 0x53 && first !== 0x54 && first !== 0x41)
    return false;
  // RIFF also holds sound: what a WebP has twelve characters on is "EBP".
  return MAGICS.some(
    (magic) => startsWith(text, from, magic) && (first !== 0x55 || startsWith(text, from + RIFF_KIND, WEBP)),
  );
}

function startsWith(text: Uint16Array, from: number, head: string): boolean {
  for (let i = 0; i < head.length; i++) if (text[from + i] !== head.charCodeAt(i)) return false;
  return true;
}
