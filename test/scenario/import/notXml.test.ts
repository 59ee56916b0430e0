import { describe, expect, it } from "vitest";
import { csdef, many, messages, two } from "./texts.ts";

const doctype = "a document type declaration is not allowed: entities are not expanded and nothing outside is read";
const laughs = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<ServiceDefinition name="&c;"/>`;
describe("a file that is not XML is refused with line and column", () => {
  it.each([
    ["a billion laughs", laughs, `2:1: error: ${doctype}`],
    ["an external entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>', `1:1: error: ${doctype}`],
    [
      "an external document type",
      '<!doctype ServiceDefinition SYSTEM "http://example.org/a.dtd"><ServiceDefinition/>',
      `1:1: error: ${doctype}`,
    ],
    ["an entity declaration alone", '<!ENTITY x "y"><a/>', '1:1: error: only comments and CDATA sections may begin with "<!"'],
    [
      "an unknown entity",
      csdef('<WorkerRole name="&who;"/>'),
      '2:13: error: the entity "&who;" is not known; allowed are &lt; &gt; &amp; &quot; &apos; and character numbers',
    ],
    ["a bare ampersand", csdef('<WorkerRole name="a&b"/>'), '2:13: error: an "&" inside a value is written "&amp;"'],
    ["a bare less-than sign", csdef('<WorkerRole name="a<b"/>'), '2:13: error: a "<" inside a value is written "&lt;"'],
    ["too deep nesting", "<a>".repeat(65) + "</a>".repeat(65), "1:193: error: elements are nested more than 64 deep"],
    ["too many elements", `<a>${"<b/>".repeat(20_000)}</a>`, "1:40000: error: more than 10000 elements; no service needs as many"],
    [
      "too many attributes",
      `<a ${many(101, (index) => `b${index}=""`).replaceAll("\n", " ")}/>`,
      "1:1: error: an element with 101 attributes; at most 100 are read",
    ],
    ["too large a file", `<a>${" ".repeat(5 * 1024 * 1024)}</a>`, "1:1: error: the file is 5.0 MiB large; at most 1 MiB is read"],
    ["an empty file", "", "1:1: error: the file is empty"],
    ["other text", "roles:\n  web: 3\n", "1:1: error: text may not stand outside the root element"],
    ["only a comment", "<!-- later -->", "1:1: error: this is not XML: an element is expected"],
    ["an unclosed tag", "<ServiceDefinition>\n", "1:1: error: not well-formed XML: unclosed tag 'ServiceDefinition'"],
    ["several unclosed tags", "<a>\n<b>\n<c>", '1:1: error: these elements are never closed: "a", "b", "c"'],
    [
      "a wrong closing tag",
      "<a>\n <b>\n </c>\n</a>",
      "3:2: error: not well-formed XML: expected closing tag 'b' (opened in line 2, col 2) instead of closing tag 'c'",
    ],
    ["a closing tag too many", "<a>\n</a>\n</a>", "3:1: error: not well-formed XML: closing tag 'a' has not been opened"],
    ["an unclosed comment", "<a>\n<!-- no end </a>", '2:1: error: this comment is never closed; it ends with "-->"'],
    ["an unclosed CDATA section", "<a>\n<![CDATA[ no end </a>", '2:1: error: this CDATA section is never closed; it ends with "]]>"'],
    ["an unclosed instruction", "<?xml version='1.0'", '1:1: error: this processing instruction is never closed; it ends with "?>"'],
    ["an unclosed value", '<a>\n<b c="d/>\n</a>', "2:3: error: not well-formed XML: attributes for 'b' have open quote"],
    ["a value without quotes", "<a b=1/>", "1:4: error: not well-formed XML: attribute 'b' is without value"],
    ["an attribute without value", "<a b/>", "1:4: error: not well-formed XML: boolean attribute 'b' is not allowed"],
    ["an attribute twice", "<a b='1' b='2'/>", "1:10: error: not well-formed XML: attribute 'b' is repeated"],
    ["a second root", "<a/>\n<b/>", "2:1: error: a file has one root element; <b> is a second one"],
    ["text after the root", "<a/>\nand more", "2:1: error: text may not stand outside the root element"],
    ["a reserved name", "<a><__proto__/></a>", "1:4: error: an element may not be named <__proto__>"],
    ["a control character", "<a>\u0001</a>", "1:4: error: the character U+0001 is not allowed in XML"],
    [
      "an unknown encoding",
      new TextEncoder().encode("<?xml version='1.0' encoding='koi9'?><a/>"),
      '1:1: error: the encoding "koi9" is not read; allowed are utf-8, utf-16, us-ascii, windows-1252 and iso-8859-1',
    ],
    [
      "bytes that are not UTF-8",
      Uint8Array.from([60, 97, 62, 10, 255, 60, 47, 97, 62]),
      "2:1: error: the bytes here are not UTF-8; save the file as UTF-8, or name its encoding in the XML declaration",
    ],
  ])("%s", (_, definition, message) => {
    expect(messages(definition, two)).toEqual([`a.csdef:${message}`]);
  });
});
