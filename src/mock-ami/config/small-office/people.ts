/** Who sits where, by extension: from 1001 on, 999 at most. */
export type OfficePeople = readonly (readonly [extension: string, name: string])[];

/** Who has a desk in the small office, by extension. */
export const smallOfficePeople: OfficePeople = [
  ['1001', 'Nora Feldt'],
  ['1002', 'Samir Haddad'],
  ['1003', 'Greta Olsen'],
  ['1004', 'Paulo Mendes'],
  ['1005', 'Ingrid Voss'],
  ['1006', 'Tariq Aziz'],
  ['1007', 'Lena Brandt'],
  ['1008', 'Jonas Keller'],
];
