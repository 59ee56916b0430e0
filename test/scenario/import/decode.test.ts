import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/scenario/import/decode.ts";
import { importService } from "../../../src/scenario/import/service.ts";
import { fixture } from "./fixtures.ts";
import { sizes } from "./sizes.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, little: boolean) =>
  Uint8Array.from([...text].flatMap((character) => (little ? [character.charCodeAt(0), 0] : [0, character.charCodeAt(0)])));

const xml = '<?xml version="1.0"?>\n<a/>';

describe("text is decoded", () => {
  const cases: [string, Uint8Array, string][] = [
    ["UTF-8", utf8("<a b='é€'/>"), "<a b='é€'/>"],
    ["UTF-8 with a byte order mark", utf8(`\uFEFF${xml}`), xml],
    ["CRLF and lone CR", utf8("<a>\r\n\r</a>"), "<a>\n\n</a>"],
    ["UTF-16 little-endian with a byte order mark", Uint8Array.from([0xff, 0xfe, ...utf16(xml, true)]), xml],
    ["UTF-16 big-endian with a byte order mark", Uint8Array.from([0xfe, 0xff, ...utf16(xml, false)]), xml],
    ["UTF-16 little-endian without a mark", utf16(xml, true), xml],
    ["UTF-16 big-endian without a mark", utf16(xml, false), xml],
    ["UTF-8 that declares utf-16", utf8('<?xml version="1.0" encoding="utf-16"?><a/>'), '<?xml version="1.0" encoding="utf-16"?><a/>'],
    [
      "windows-1252",
      latin1("<?xml version='1.0' encoding='windows-1252'?><a b='\x80\xe9'/>"),
      "<?xml version='1.0' encoding='windows-1252'?><a b='€é'/>",
    ],
    [
      "iso-8859-1",
      latin1("<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xe9'/>"),
      "<?xml version='1.0' encoding='ISO-8859-1'?><a b='é'/>",
    ],
    ["nothing", new Uint8Array(0), ""],
  ];

  it.each(cases)("from %s", (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it.each([
    [
      "the bytes here are not UTF-8; save the file as UTF-8, or name its encoding in the XML declaration",
      latin1("<a>\n<b c='\xe9'/></a>"),
      2,
      7,
    ],
    [
      'the encoding "ebcdic" is not read; allowed are utf-8, utf-16, us-ascii, windows-1252 and iso-8859-1',
      utf8("<?xml version='1.0' encoding='ebcdic'?><a/>"),
      1,
      1,
    ],
    ["the file is saved as UTF-32, which is not read; save it as UTF-8 or UTF-16", Uint8Array.from([0xff, 0xfe, 0, 0, 60, 0, 0, 0]), 1, 1],
  ])("or refused: %s", (message, bytes, line, column) => {
    expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ message, line, column }));
  });
});

describe("a service is the same in every encoding", () => {
  const text = (file: string) => new TextDecoder().decode(fixture(file).bytes as Uint8Array);
  const plain = importService(fixture("shop.csdef"), fixture("shop.cscfg"), sizes);

  it.each<[string, (text: string) => Uint8Array]>([
    ["CRLF", (content) => utf8(content.replaceAll("\n", "\r\n"))],
    [
      "UTF-16 with CRLF",
      (content) => utf16(`\uFEFF${content.replaceAll("\n", "\r\n")}`, true).map((byte, index) => [0xff, 0xfe][index] ?? byte),
    ],
    ["UTF-16 big-endian", (content) => utf16(content, false)],
  ])("%s", (_, encode) => {
    const file = (name: string) => ({ file: name, bytes: encode(text(name)) });
    expect(importService(file("shop.csdef"), file("shop.cscfg"), sizes)).toEqual(plain);
  });
});
