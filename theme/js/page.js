// What the pages need besides mdBook's own book.js. The finish loads this file before book.js; in a
// stock mdBook build it comes after it, and does no harm. It is a classic script, not a module, so
// that a copy of the book opened from disk keeps its sidebar and its search.
(() => {
  'use strict';

  // The finish leaves the highlighter and the clipboard out of pages without code; book.js calls both.
  window.hljs ??= { configure() {}, highlightBlock() {} };
  window.ClipboardJS ??= class { on() {} };

  const menu = document.getElementById('mdbook-menu-bar');
  const searchButton = document.getElementById('mdbook-search-toggle');

  /** The sidebar control is a button here; mdBook keeps the state in a checkbox, whose change it hears. */
  function bridgeSidebar() {
    const checkbox = document.getElementById('mdbook-sidebar-toggle-anchor');
    // On the document, so that book.js's own listener on the button has run before the state changes.
    document.addEventListener('click', (event) => {
      if (event.target.closest?.('button#mdbook-sidebar-toggle')) {
        checkbox.click();
      }
    });
  }

  /** Loads scripts in order, after everything that the page has loaded already. */
  function load(addresses) {
    return Promise.all(addresses.map((address) => new Promise((done, failed) => {
      const script = document.createElement('script');
      script.async = false;
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(new Error(`could not load ${address}`));
      document.head.append(script);
    })));
  }

  /** Search (56 KB of script) is loaded when the reader first asks for it. */
  function searchOnDemand() {
    const addresses = searchButton?.dataset.scripts?.split(' ');
    if (!addresses) {
      return;
    }
    let asked = false;
    const ask = (open) => {
      if (!asked) {
        asked = true;
        load(addresses).then(() => open && searchButton.click());
      }
    };
    searchButton.addEventListener('click', () => ask(true), { once: true });
    document.addEventListener('keydown', (event) => {
      const typing = /^(?:input|select|textarea)$/i.test(event.target.nodeName);
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!asked && plain && !typing && (event.key === 's' || event.key === '/')) {
        event.preventDefault();
        ask(true);
      }
    });
    const wanted = new URLSearchParams(location.search);
    if (wanted.has('search') || wanted.has('highlight')) {
      ask(false);
    }
  }

  const SCROLLERS = 'code[tabindex], .table-wrapper[tabindex]';

  /** A block is a stop of the Tab key only while it has something to scroll to. */
  function stopOnlyWhereItScrolls() {
    const watch = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
      }
    });
    document.querySelectorAll(SCROLLERS).forEach((block) => watch.observe(block));
  }

  /** Arrow keys scroll the block that has the focus, where mdBook would turn the page. */
  function arrowsScrollBlocks() {
    document.addEventListener('keydown', (event) => {
      if (/^Arrow(?:Left|Right)$/.test(event.key) && event.target.matches?.(SCROLLERS)) {
        event.stopPropagation();
      }
    }, true);
  }

  /** Paper shows what a reader would have opened. */
  function openForPrinting() {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('main details:not([open])')];
      opened.forEach((details) => { details.open = true; });
    });
    addEventListener('afterprint', () => opened.forEach((details) => { details.open = false; }));
  }

  if (menu) {
    bridgeSidebar();
    searchOnDemand();
  }
  stopOnlyWhereItScrolls();
  arrowsScrollBlocks();
  openForPrinting();
})();
