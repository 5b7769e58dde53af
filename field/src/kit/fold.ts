// Texts made alike for searching: full-width signs as narrow ones, without spaces, in lower case.
export function normal(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[\s·•]+/g, "");
}

/** An ID number as it is compared: narrow, upper case, nothing but digits and X. */
export function idNumber(text: string): string {
  return text.normalize("NFKC").toUpperCase().replace(/[^0-9X]/g, "");
}
