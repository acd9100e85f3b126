/** The rules of devices, by what makes their numbers known. */
import type { Rule } from '../../contract.js';

export const UDI: Rule = {
  name: 'device.udi',
  kind: 'udi',
  confidence: 0.97,
  about: 'A UDI as GS1, HIBCC or ICCBBA write it',
};
export const BARE: Rule = {
  name: 'device.udi-bare',
  kind: 'udi',
  confidence: 0.85,
  about: 'A GS1 UDI without brackets whose GTIN holds',
};
export const MAC: Rule = {
  name: 'device.mac',
  kind: 'mac',
  confidence: 0.95,
  about: 'A hardware address: 00:1A:2B:3C:4D:5E and its other forms',
};
export const IMEI: Rule = {
  name: 'device.imei',
  kind: 'imei',
  confidence: 0.65,
  about: 'Fifteen digits of a phone maker whose check digit holds',
};
export const SERIAL: Rule = {
  name: 'device.serial',
  kind: 'serial',
  confidence: 0.95,
  about: 'A code after a serial number label: serial no., S/N',
};
export const LOT: Rule = {
  name: 'device.lot',
  kind: 'lot',
  confidence: 0.92,
  about: 'A code after a lot or batch label',
};
export const IDENTIFIER: Rule = {
  name: 'device.label',
  kind: 'device',
  confidence: 0.94,
  about: 'A code after a label for a device: device id, asset tag, IMEI, pump number',
};
export const WORD: Rule = {
  name: 'device.word',
  kind: 'device',
  confidence: 0.85,
  about: 'A code right behind "serial", "SN" or "lot"',
};
export const BESIDE: Rule = {
  name: 'device.beside',
  kind: 'device',
  confidence: 0.87,
  about: 'A code beside a device: pacemaker, pump, CPAP',
};
export const CUED: Rule = {
  name: 'device.near-word',
  kind: 'device',
  confidence: 0.8,
  about: 'A code in the same clause as a word for a device',
};
