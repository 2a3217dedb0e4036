/* Languages of our own, and what mdBook's book.js expects of `hljs`. */
(() => {
  'use strict';
  const { C_LINE_COMMENT_MODE, C_BLOCK_COMMENT_MODE, C_NUMBER_MODE, APOS_STRING_MODE, QUOTE_STRING_MODE } = hljs;

  hljs.registerLanguage('javascript', () => ({
    aliases: ['js', 'mjs'],
    keywords: {
      keyword: 'as async await break case catch class const continue default delete do else export extends finally for from '
        + 'function get if import in instanceof let new of return set static super switch this throw try typeof var void while yield',
      literal: 'true false null undefined NaN Infinity',
    },
    contains: [
      C_LINE_COMMENT_MODE, C_BLOCK_COMMENT_MODE, C_NUMBER_MODE, APOS_STRING_MODE, QUOTE_STRING_MODE,
      { className: 'string', begin: /`/, end: /`/, contains: [hljs.BACKSLASH_ESCAPE] },
      { begin: [/\b(?:function|class)\b\*?/, /\s+/, /[\w$]+/], className: { 1: 'keyword', 3: 'title' } },
    ],
  }));

  // One instruction a line in Intel or AT&T syntax: the first word acts, registers are marked.
  hljs.registerLanguage('x86asm', () => ({
    aliases: ['asm'],
    contains: [
      hljs.COMMENT(/[;#]/, /$/),
      { className: 'meta', begin: /^\s*\.[\w.]+(?![\w.]*:)/ },
      { className: 'title', begin: /^\s*[\w.$@<>:]+:/ },
      { className: 'keyword', begin: /^\s*(?:rep\w*\s+|lock\s+)?[a-z][\w.]*/ },
      { className: 'built_in', begin: /%?\b(?:[re]?(?:[abcd]x|[sd]i|[sbi]p)|[abcd][lh]|(?:[sd]i|[sb]p)l|r(?:8|9|1[0-5])[dwb]?|[xyz]mm\d+)\b/ },
      { className: 'number', begin: /[$]?-?\b(?:0x[\da-f]+|\d[\da-f]*h?)\b/ },
      QUOTE_STRING_MODE,
    ],
  }));

  hljs.registerAliases(['toml'], { languageName: 'ini' });

  // book.js hands over every code element, inline ones too. A language is never guessed, and
  // elements inside the code (the marks of what varies) are never lost.
  hljs.highlightBlock = (code) => {
    const language = /\blanguage-([\w-]+)/.exec(code.className)?.[1];
    if (language && hljs.getLanguage(language) && code.childElementCount === 0) {
      hljs.highlightElement(code);
    }
  };
})();
