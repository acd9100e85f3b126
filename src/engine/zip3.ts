/**
 * Three-digit ZIP prefixes that may be kept under 45 CFR 164.514(b)(2)(i)(B): those whose ZCTAs hold more than 20,000
 * people. Left out are prefixes that HHS lists (2000 Census), those below the line in the ACS 2018-2022 or the 2020
 * Census, and prefixes without any population; whatever is not here becomes 000.
 */

/** The vintage of the table, for certificates and reports. */
export const ZIP3_VINTAGE = 'ACS 2018-2022, Census 2020 and HHS 2012, the strictest of the three';

const KEPT =
  '006-007 009-035 037-054 056-058 060-062 064-089 100-101 103-191 193-201 206-212 214-268 270-310 312-331 ' +
  '333-339 341-342 344 346-347 349-352 354-368 370-374 376-398 400-418 420-427 430-458 460-508 510-516 520-528 ' +
  '530-532 534-535 537-551 553-554 557-567 570-577 580-588 590-620 622-631 633-641 644-648 650-658 660-662 ' +
  '664-681 683-691 693 700-701 703-708 710-714 716-731 734-741 743-752 754-770 773-789 791-816 820 822 824-829 ' +
  '832-838 840-841 843-847 850-853 855-857 859-860 863-865 870-871 873-875 877 880-883 891 894-895 897-898 900 ' +
  '902-908 910-928 930-937 939-941 943-961 967-968 970-986 988-999';

const kept = new Uint8Array(1000);
for (const range of KEPT.split(' ')) {
  const [first, last] = range.split('-');
  kept.fill(1, Number(first), Number(last ?? first) + 1);
}

/** The prefix itself where it may stand, else `000`. */
export function safeZip3(prefix: string): string {
  return kept[Number(prefix)] === 1 ? prefix : '000';
}
