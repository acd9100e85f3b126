/** How people and programs call the numbers of devices, by kind of number, and the words by which a device is known. */
import type { Phrases } from '../contract.js';
import { NO, phrases } from './phrases.js';

const NUMBER = '(number|numbers|no|nos|num|nbr|nr|id|code)';
const MACHINE =
  '(implant|implants|implanted device|pacemaker|defibrillator|generator|pulse generator|pump|insulin pump|infusion pump|monitor|' +
  'cgm|glucometer|glucose meter|meter|sensor|transmitter|receiver|stimulator|neurostimulator|prosthesis|prosthetic|stent|loop recorder|' +
  'recorder|holter|ventilator|cpap|bipap|hearing aid|wheelchair|scooter|tablet|gateway|hub|wearable|smartwatch|tracker|concentrator|' +
  'machine|instrument|analyzer|equipment|hardware|scale|thermometer|oximeter|inhaler|dialyzer|lens|valve|handset|smartphone|controller|' +
  'charger|battery|lead|reader|modem|walker|nebulizer|graft|tissue graft|allograft|iol|ipg|lvad|aed|cuff|console|programmer|spirometer)';

export const DEVICE_LABELS: Readonly<Record<string, Phrases>> = {
  serial: () => [
    ...phrases(
      `serial ${NUMBER}`,
      'serial identifier',
      'ser (no|nos|num|nbr|number)',
      'sn (no|number)',
      `${NO} of series`,
      'numero de (serie|serial)',
      'serial n',
      's no',
      '(serialized|serialised) as',
      'serial lot [number|no]',
      'lot serial [number|no]',
      'manufacturer (serial|s n)',
      '(device|equipment|unit|model) serial [number|numbers|no|num|id|identifier|code]',
    ),
    ...phrases(
      '(pump|implant|pacemaker|lead|generator|sensor|transmitter|meter|monitor|lens|valve) (serial|sn) [number|numbers|no|num|id|identifier]',
    ),
  ],
  lot: () =>
    phrases(
      `lot ${NUMBER}`,
      `batch ${NUMBER}`,
      'lot batch [number|no]',
      'batch lot [number|no]',
      '(implant|device|graft|tissue|mesh|screw|stent|cement|lens) (lot|batch)',
    ),
  udi: () =>
    phrases(
      'udi [number|no|code|id|di|pi|string|barcode]',
      'unique device (identifier|identification|id) [number|code]',
      '(carrier|udi) (hrf|aidc)',
      'udi carrier',
      'distinct (identifier|identification code)',
      'primary (di|device identifier)',
      'production identifier',
    ),
  mac: () =>
    phrases(
      'mac',
      'macs',
      '(mac|hardware|ethernet|bluetooth|wifi|wi fi|wlan|ble) (address|addresses|addr)',
      '(wifi|bluetooth|ethernet|device|wireless) mac [address]',
      'bssid',
      'bluetooth [id]',
      'ble id',
      'eui 64',
    ),
  device: () => [
    ...phrases(
      'device (id|ids|identifier|identifiers|number|no|num|uid|uuid|guid|key|imei|udid|fingerprint id|reference|ref)',
      '(imei|imeisv|meid|esn|imsi|iccid|udid|idfa|idfv|gaid|hwid) [number|no|code]',
      'sim (number|card number|serial|id)',
      '(android|ios|apple|advertising|advertiser|vendor|installation|phone) (id|identifier)',
      'google advertising id',
      '(asset|equipment|inventory|biomed|biomedical|property|device) (tag|tag number|tag no)',
      '(asset|equipment|inventory|biomed|biomedical) (number|no|num|id)',
      'implanted device (id|number)',
    ),
    ...phrases(`${MACHINE} (id|identifier|number|no|num|uid)`),
  ],
  token: () => phrases('(fcm|apns|gcm|device|notification) (token|registration token)'),
  donation: ['din', 'donation identification number'],
  // Ordinary words and letters, whose code has to follow at once, or look like nothing else.
  'bare-serial': ['serial', 'serials', 'sn', 's n', 'sns', 'ser'],
  'bare-lot': ['lot', 'lots', 'batch'],
  'bare-device': ['asset', 'biomed'],
  // Devices themselves, beside which a serial number may stand without being called so.
  word: [
    ...[
      'pacemaker',
      'pacer',
      'defibrillator',
      'pulse generator',
      'generator',
      'pump',
      'implant',
      'implants',
      'cpap',
      'bipap',
      'ventilator',
      'holter',
    ],
    ...[
      'loop recorder',
      'controller',
      'concentrator',
      'valve',
      'aicd',
      'pulse oximeter',
      'apple watch',
      'dialysis machine',
      'medtronic',
      'biotronik',
      'omnipod',
      'resmed',
      'fitbit',
      'tracker',
      'beacon',
      'rfid',
      'rtls tag',
      'wanderguard',
      'wander guard',
      'wanderguard tag',
      'tele box',
      'pill bottle',
      'explanted',
      'explant',
      'equipment',
      'transmitter',
      'cgm',
      'glucometer',
      'stimulator',
      'neurostimulator',
      'lvad',
      'wheelchair',
    ],
    ...[
      'monitor',
      'sensor',
      'meter',
      'glucose meter',
      'device',
      'hardware',
      'lead',
      'leads',
      'holter recorder',
      'holter monitor',
      'handset',
      'hearing aid',
      'hearing aids',
      'cochlear implant',
      'insulin pump',
      'allograft',
      'prosthesis',
      'nebulizer',
      'smartwatch',
      'ipg',
      'iol',
    ],
  ],
};
