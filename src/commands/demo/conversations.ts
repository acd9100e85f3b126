/**
 * Six moments in which agents talk about patients, for `sluice demo`. Every person, number and address is invented:
 * telephone numbers end in 555-01xx, domains are those reserved for examples.
 */

export interface Message {
  /** Who speaks, and where on its way the message is caught. */
  readonly speaker: string;
  readonly surface: 'prompt' | 'context' | 'tool call' | 'tool result' | 'output';
  readonly title: string;
  readonly content: string;
}

export const CONVERSATIONS: readonly Message[] = [
  {
    speaker: 'portal bot',
    surface: 'prompt',
    title: 'A patient writes to the portal at night',
    content: [
      'hi, this is maria delgado, my date of birth is 04/12/1961. I picked up my metformin but the label says',
      'take 2 tablets twice a day and Dr. Patel told me 1. My MRN: 00482913 if you need it. You can call me at',
      '(212) 555-0147 or write to maria.delgado@example.org. thanks!!',
    ].join(' '),
  },
  {
    speaker: 'scheduling agent',
    surface: 'tool call',
    title: 'An agent books a follow-up: the arguments of its tool call',
    content: JSON.stringify(
      {
        tool: 'book_appointment',
        arguments: {
          patient: { name: 'Dwayne Okafor', dob: '1948-07-30', mrn: 7741902, phone: '303-555-0119' },
          address: { line: '18 Alder Court', city: 'Boulder', state: 'CO', zip: '80302' },
          slot: '2025-11-04T09:30',
          reason: 'HbA1c 8.1 %, follow-up in 6 weeks',
        },
      },
      null,
      2,
    ),
  },
  {
    speaker: 'ambient scribe',
    surface: 'output',
    title: 'A scribe writes up the visit',
    content: [
      [
        'HISTORY: Mrs. Eleanor Whitcombe is a 93-year-old woman, seen on March 3, 2025 with her daughter Ruth for',
        'shortness of breath. Known Parkinson disease, Foley catheter in place. Lives in Duluth, retired from teaching.',
      ].join(' '),
      'BP 148/92, HR 96, SpO2 93 % on room air. Pacemaker serial no. PJN4821906K, last checked 01/2025.',
      'PLAN: furosemide 40 mg daily, labs in one week, Dr. James Hodgkin to review the echo.',
    ].join('\n'),
  },
  {
    speaker: 'billing assistant',
    surface: 'output',
    title: 'Billing drafts an e-mail to an insurer',
    content: [
      'To: claims@insurer.example.org',
      'Subject: Denied claim, member ID XQH882301447',
      '',
      [
        'We ask you to reconsider the claim of Tomasz Lindqvist, SSN 123-45-6789, account number 3300917265, for the',
        'MRI of the knee on 9/17/2024. Fax: 415-555-0162. Portal: https://pay.example.org/p/lindqvist-t',
      ].join(' '),
    ].join('\n'),
  },
  {
    speaker: 'clinician',
    surface: 'prompt',
    title: 'A terse query between two patients',
    content: [
      '70yo M w/ CHF seen by Dr. John L. at Mt. Sinai on Feb 21, 2023, mrn 5520187, K 5.9 on lisinopril + spiro.',
      'hold which first? also pt in bed 4 (Grace Kim) wants her discharge summary sent to gkim@example.com',
    ].join(' '),
  },
  {
    speaker: 'records service',
    surface: 'tool result',
    title: 'The record comes back from the hospital system as HL7',
    content: [
      'MSH|^~\\&|LAB|NORTHSIDE|EHR|NORTHSIDE|20250214083000||ORU^R01|88120|P|2.5',
      'PID|1||90017744^^^NORTHSIDE^MR||Haddad^Samira^L||19870522|F|||402 Juniper St^^Tacoma^WA^98402||253-555-0188',
      'OBR|1|||24323-8^Comprehensive metabolic panel^LN',
      'OBX|1|NM|2823-3^Potassium^LN||4.4|mmol/L|3.5-5.1|N',
    ].join('\n'),
  },
];
