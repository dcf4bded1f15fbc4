// The check character of a login code, the same rule as galleries/codes.py: a typo is told before anything is asked.
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 10;
const FILLER = /[\s\p{Pd}\p{Zs}\p{Cf}_\u2212]/gu;

export function normalise(typed) {
  return typed.normalize("NFKC").toUpperCase().replace(FILLER, "");
}

export function isWellFormed(typed) {
  const code = normalise(typed);
  if (code.length !== LENGTH) return false;
  let total = 0;
  for (let place = 0; place < LENGTH; place += 1) {
    const value = ALPHABET.indexOf(code[place]);
    if (value < 0) return false;
    total += (LENGTH - place) * value;
  }
  return total % ALPHABET.length === 0;
}
