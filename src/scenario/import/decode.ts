/** Thrown for bytes that are not text in the encoding they claim; line and column count from 1. */
export class UnreadableTextError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line = 1, column = 1) {
    super(message);
    this.name = "UnreadableTextError";
    this.line = line;
    this.column = column;
  }
}

/**
 * The text of an XML file, without byte order mark and with \n as the only line end.
 *
 * The bytes decide first (byte order marks, the zeros of UTF-16), the XML declaration second, UTF-8 last: many files in the wild
 * declare utf-16 and are saved as UTF-8. Throws UnreadableTextError where the bytes are not text.
 */
export function decodeText(bytes: Uint8Array): string {
  return decodeBytes(bytes)
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
}

function decodeBytes(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    throw new UnreadableTextError("the file is saved as UTF-32, which is not read; save it as UTF-8 or UTF-16");
  }
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return decodeStrictly(bytes, "utf-8", "UTF-8");
  if (startsWith(bytes, [0xff, 0xfe]) || looksLikeUtf16(bytes, 1)) return decodeStrictly(bytes, "utf-16le", "UTF-16");
  if (startsWith(bytes, [0xfe, 0xff]) || looksLikeUtf16(bytes, 0)) return decodeStrictly(bytes, "utf-16be", "UTF-16");
  const declared = declaredEncoding(bytes);
  if (declared === undefined || /^(utf-?8|utf-?16(le|be)?|us-ascii|ascii)$/i.test(declared)) return decodeStrictly(bytes, "utf-8", "UTF-8");
  if (/^(windows-1252|cp1252|iso-8859-1|latin1)$/i.test(declared)) return decodeWindows1252(bytes);
  if (/^(windows-125\d|iso-8859-\d+)$/i.test(declared)) return decodeStrictly(bytes, declared, declared);
  throw new UnreadableTextError(
    `the encoding "${declared.slice(0, 40)}" is not read; allowed are utf-8, utf-16, us-ascii, windows-1252 and iso-8859-1`,
  );
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte && index < bytes.length);
}

/** Claims that the first two characters are ASCII with their zero byte at `zero` (0 or 1), as in UTF-16 without a mark. */
function looksLikeUtf16(bytes: Uint8Array, zero: 0 | 1): boolean {
  if (bytes.length < 4) return false;
  const other = 1 - zero;
  return bytes[zero] === 0 && bytes[zero + 2] === 0 && bytes[other] !== 0 && bytes[other + 2] !== 0;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
}

/** Characters 80 to 9F; the five that windows-1252 leaves free stay control characters. Files that say iso-8859-1 mean it too. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/** Not by TextDecoder: that of Node 20 reads the bytes 80 to 9F as control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 4096) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 4096)));
  }
  return parts.join("").replace(/[\u0080-\u009F]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80));
}

function decodeStrictly(bytes: Uint8Array, label: string, name: string): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(bytes, label, name);
  }
}

function unreadable(bytes: Uint8Array, label: string, name: string): UnreadableTextError {
  let text: string;
  try {
    text = new TextDecoder(label).decode(bytes);
  } catch {
    return new UnreadableTextError(`the encoding "${name}" is not read; save the file as UTF-8`);
  }
  const before = text.slice(0, Math.max(0, text.indexOf("\uFFFD"))).split("\n");
  const column = before[before.length - 1]!.length + 1;
  return new UnreadableTextError(
    `the bytes here are not ${name}; save the file as UTF-8, or name its encoding in the XML declaration`,
    before.length,
    column,
  );
}
