/** A deep copy of plain data: objects, arrays, texts, numbers, truth values and what is absent. */
export function copyOf<Data>(data: Data): Data {
  if (Array.isArray(data)) return data.map(copyOf) as Data;
  if (typeof data !== 'object' || data === null) return data;
  // entries, not assignments: a variable may be called __proto__
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)])) as Data;
}
