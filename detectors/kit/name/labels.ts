/**
 * What charts, forms, payloads and logs call a person's name, by who the person is. Phrases count wherever they stand;
 * fields only as the name of a field (a JSON key, or before a colon, an equals sign or a pipe).
 */

type Phrases = Readonly<Record<string, readonly string[]>>;

const phrases = (all: string): readonly string[] => all.split('|');

export const NAME_LABELS: Phrases = {
  patient: phrases(
    "patient name|patients name|patient's name|pt name|pt's name|name of patient|name of the patient|" +
      "patient full name|patient first name|patient last name|patient middle name|patient's first name|" +
      "patient's last name|patient surname|patient given name|patient family name|patient legal name|" +
      "patient preferred name|client name|client's name|resident name|resident's name|member name|" +
      "member first name|member last name|subscriber name|subscriber's name|beneficiary name|enrollee name|" +
      "insured name|insured's name|name of insured|name of the insured|policyholder name|policy holder name|" +
      "participant name|claimant name|child's name|child name|name of child|student name|student's name|" +
      "alias name|previous name|former name|birth name|name at birth|baby name|baby's name|infant name|" +
      "donor name|recipient name|employee name|employee's name|applicant name|decedent name|name of deceased|" +
      "account holder name|full patient identity|patient identity|veteran name|veteran's name|subject name",
  ),
  clinician: phrases(
    "provider name|provider's name|physician name|physician's name|doctor's name|doctor name|name of doctor|" +
      'name of physician|practitioner name|clinician name|nurse name|attending name|surgeon name|' +
      'prescriber name|pharmacist name|therapist name|dictated by|signed by|electronically signed by|' +
      'e signed by|esigned by|cosigned by|co signed by|authenticated by|transcribed by|interpreted by|read by|' +
      'authored by|attested by|verified by|reviewed by|approved by|ordered by|collected by|performed by|' +
      'prepared by|completed by|documented by|entered by|recorded by|created by|updated by|modified by|' +
      'administered by|dispensed by|prescribed by|referred by|requested by|examined by|evaluated by|seen by',
  ),
  relative: phrases(
    "contact name|emergency contact name|mother's name|mother name|father's name|father name|spouse's name|" +
      "spouse name|husband's name|wife's name|guardian's name|guardian name|parent name|parent's name|" +
      "caregiver name|caregiver's name|next of kin name|relative name|partner's name|proxy name|mothers name|" +
      "fathers name|guarantor name|guarantor's name|name of mother|name of father|name of guardian|" +
      "name of parent|name of next of kin|name of emergency contact|mother's maiden name|mothers maiden name|" +
      'witness name|responsible party name|informant name|kin name',
  ),
  unknown: phrases(
    'full name|full identity|first name|last name|middle name|given name|family name|legal name|' +
      'preferred name|maiden name|first names|last names|given names|surname|forename|forenames|middle initial|' +
      'printed name|print name|signatory name|name family|name given|name first|name last|name middle|' +
      'name text|caller name|sender name|contact person|person name|display name|cardholder name|cardholder|' +
      'account holder|nickname|prefers to be called|goes by|also known as|preferred to be called|' +
      'likes to be called|name is|names are',
  ),
};

export const NAME_FIELDS: Phrases = {
  patient: phrases(
    'patient|pt|patients|client|resident|member|subscriber|insured|beneficiary|enrollee|participant|claimant|' +
      'applicant|employee|passenger|student|decedent|patient display|subject display|child|infant|veteran|' +
      'donor|patient text|beneficiary display|insured display|subscriber display|policy holder display|' +
      'policyholder|policy holder|name of claimant|customer|customer name|name of student',
  ),
  clinician: phrases(
    'provider|physician|doctor|surgeon|attending|attending physician|attending provider|pcp|nurse|rn|' +
      'practitioner|primary care provider|primary care physician|referring provider|referring physician|' +
      'ordering provider|ordering physician|rendering provider|consulting physician|treating physician|' +
      'treating doctor|treating professional|admitting physician|discharging physician|radiologist|pathologist|' +
      'anesthesiologist|cardiologist|oncologist|neurologist|psychiatrist|therapist|pharmacist|prescriber|' +
      'examiner|clinician|consultant|hospitalist|resident physician|assistant|author|scribe|dictator|' +
      'transcriptionist|technician|technologist|interpreter|case manager|social worker|care coordinator|' +
      'practitioner display|performer display|performer|author display|requester display|requester|' +
      'recorder display|recorder|asserter display|asserter|actor display|individual display|provider display|' +
      'general practitioner display|participant display|attester display|party display|source display|' +
      'sender display|recipient display|owner display|agent display|who display|physician display|' +
      'operator display|signed|electronically signed|signature|signer|approver|reviewer|verifier',
  ),
  relative: phrases(
    'emergency contact|next of kin|nok|mother|father|spouse|husband|wife|partner|guardian|legal guardian|' +
      'parent|caregiver|carer|guarantor|son|daughter|brother|sister|relative|proxy|health care proxy|' +
      'healthcare proxy|responsible party|contact|contact person name|informant|witness|family contact|friend|' +
      'aunt|uncle|grandmother|grandfather|support person|household|parents|siblings|children|surrogate|' +
      'agent name|power of attorney|dependents|dependants|dependent|beneficiaries',
  ),
  unknown: phrases(
    'mi|name|names|given|family|first|last|middle|fname|lname|mname|firstname|lastname|middlename|fullname|' +
      'displayname|to|from|cc|bcc|attn|attention|dear|user|user name|owner|contact display|sender|recipient|' +
      'caller|assigned to|assignee|person|signatory|speaker|alias|aka|interviewer|interviewee|operator|manager|' +
      'supervisor|director|staff|requestor|submitter|reporter|associate|associates|director name|manager name|' +
      'supervisor name',
  ),
};
