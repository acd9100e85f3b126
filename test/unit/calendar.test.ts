/** The calendar's own facts: month lengths, leap years, words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  daysIn,
  isCompactDay,
  isCompactTime,
  isDay,
  isDayEitherWay,
  monthOf,
  numberWord,
  ORDINAL,
  ordinalIn,
  shortMonthAt,
  TENS,
  valueOfWord,
} from '../../detectors/kit/date/calendar.js';
import { hashOf } from '../../detectors/kit/hash.js';

const units = (text: string): Uint16Array => Uint16Array.from(text, (sign) => sign.charCodeAt(0));

describe('calendar', () => {
  it('knows the lengths of months', () => {
    assert.equal(daysIn(2023, 2), 28);
    assert.equal(daysIn(2024, 2), 29);
    assert.equal(daysIn(1900, 2), 28);
    assert.equal(daysIn(2000, 2), 29);
    assert.equal(daysIn(2024, 4), 30);
    assert.equal(daysIn(2024, 13), 0);
  });
  it('lets the 29th of February stand when the year is not known', () => {
    assert.ok(isDay(0, 2, 29));
    assert.ok(!isDay(2023, 2, 29));
    assert.ok(!isDay(0, 2, 30));
  });
  it('takes day and month in either order', () => {
    assert.ok(isDayEitherWay(2024, 3, 14));
    assert.ok(isDayEitherWay(2024, 14, 3));
    assert.ok(!isDayEitherWay(2024, 14, 13));
    assert.ok(!isDayEitherWay(2024, 0, 13));
  });
  it('reads months in words', () => {
    assert.equal(monthOf(hashOf('Sept')), 9);
    assert.equal(monthOf(hashOf('MAY')), 5);
    assert.equal(monthOf(hashOf('mayo')), 0);
    assert.equal(shortMonthAt(units('14MAR24'), 2), 3);
    assert.equal(shortMonthAt(units('14MRA24'), 2), 0);
  });
  it('reads numbers in words', () => {
    assert.equal(valueOfWord(numberWord(hashOf('seventh'))), 7);
    assert.ok(numberWord(hashOf('seventh')) & ORDINAL);
    assert.ok(numberWord(hashOf('ninety')) & TENS);
    assert.equal(numberWord(hashOf('many')), 0);
  });
  it('reads days with their endings', () => {
    assert.equal(ordinalIn(units('21st'), 0, 4), 21);
    assert.equal(ordinalIn(units('3RD'), 0, 3), 3);
    assert.equal(ordinalIn(units('45th'), 0, 4), 0);
    assert.equal(ordinalIn(units('12mg'), 0, 4), 0);
  });
  it('reads runs of digits as a day and a time', () => {
    assert.ok(isCompactDay(units('19600229'), 0));
    assert.ok(!isCompactDay(units('19610229'), 0));
    assert.ok(isCompactTime(units('093000'), 0, 6));
    assert.ok(!isCompactTime(units('243000'), 0, 6));
  });
});
