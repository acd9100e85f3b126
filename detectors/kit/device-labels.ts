/** How people and programs call the numbers of devices, by kind of number. */
import { NO, phrases } from './phrases.js';

const NUMBER = '(number|numbers|no|nos|num|nbr|nr|id|code)';
const MACHINE =
  '(implant|implants|implanted device|pacemaker|defibrillator|generator|pulse generator|pump|insulin pump|infusion pump|monitor|' +
  'cgm|glucometer|glucose meter|meter|sensor|transmitter|receiver|stimulator|neurostimulator|prosthesis|prosthetic|stent|loop recorder|' +
  'recorder|holter|ventilator|cpap|bipap|hearing aid|wheelchair|scooter|tablet|gateway|hub|wearable|smartwatch|tracker|concentrator|' +
  'machine|instrument|analyzer|equipment|hardware|scale|thermometer|oximeter|inhaler|dialyzer|lens|valve|handset|smartphone)';

export const DEVICE_LABELS: Readonly<Record<string, readonly string[]>> = {
  serial: phrases(
    `serial ${NUMBER}`,
    'serial identifier',
    'ser (no|num|nbr|number)',
    'sn (no|number)',
    `${NO} of series`,
    'numero de (serie|serial)',
    'serial n',
  ),
  lot: phrases(`lot ${NUMBER}`, `batch ${NUMBER}`, 'lot batch [number|no]', 'batch lot [number|no]'),
  udi: phrases(
    'udi [number|no|code|id|di|pi|string|barcode]',
    'unique device (identifier|identification|id) [number|code]',
    '(carrier|udi) (hrf|aidc)',
    'udi carrier',
    'distinct (identifier|identification code)',
    'primary (di|device identifier)',
  ),
  mac: phrases(
    'mac',
    'macs',
    '(mac|hardware|ethernet|bluetooth|wifi|wi fi|wlan|ble) (address|addresses|addr)',
    '(wifi|bluetooth|ethernet|device|wireless) mac [address]',
    'bssid',
    'eui 64',
  ),
  device: phrases(
    'device (id|ids|identifier|identifiers|number|no|num|uid|uuid|guid|key|imei|udid|fingerprint id|reference|ref)',
    `${MACHINE} (id|identifier|number|no|num|uid)`,
    '(imei|imeisv|meid|esn|imsi|iccid|udid|idfa|idfv|gaid|hwid) [number|no|code]',
    'sim (number|card number|serial|id)',
    '(android|ios|apple|advertising|advertiser|vendor|installation|phone) (id|identifier)',
    'google advertising id',
    '(asset|equipment|inventory|biomed|biomedical|property|device) (tag|tag number|tag no)',
    '(asset|equipment|inventory) (number|no|num|id)',
  ),
  // Ordinary words and letters, whose code has to follow at once.
  'bare-serial': ['serial', 'serials', 'sn', 's n'],
  'bare-lot': ['lot'],
};
