// <stack-depth>: predicts how deep a function can call itself on a stack of a given size.
//
// Everything it knows is in the table that it wraps (class "frames"): a row for each function, a
// column for each build, `data-bytes` on every cell with a frame. `overhead` is what is in use before
// the first call, in bytes. Without scripts, and on paper, the table stands alone.
{
  const KIB = 1024;
  const MIB = 1024 * KIB;
  const STACKS = [
    ['64 KiB', 64 * KIB],
    ['1 MiB, main thread on Windows', MIB],
    ['2 MiB, a thread in Rust', 2 * MIB],
    ['8 MiB, main thread on Linux', 8 * MIB],
    ['another size', null],
  ];
  const CHOSEN_FIRST = 3;
  // The bar ends here; its scale is logarithmic, so that a thousand calls are half of it.
  const DEEPEST = 1_000_000;

  const number = (value) => value.toLocaleString('en-US');

  /** Prints a byte count as the book does. */
  const size = (bytes) => {
    const [unit, factor] = bytes % MIB === 0 ? ['MiB', MIB] : bytes % KIB === 0 ? ['KiB', KIB] : ['bytes', 1];
    return `${number(bytes / factor)} ${unit}`;
  };

  /** Creates an element with properties and children. */
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  class StackDepth extends HTMLElement {
    #functions = [];
    #builds = [];
    #controls = {};

    connectedCallback() {
      const table = this.querySelector('table.frames');
      if (!table || this.#functions.length > 0) {
        return;
      }
      this.#read(table);
      this.prepend(this.#panel());
      this.addEventListener('input', () => this.#show());
      this.#show();
    }

    /** Takes functions, builds and frames from the table. */
    #read(table) {
      this.#builds = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
      this.#functions = [...table.tBodies[0].rows].map((row) => {
        const [name, ...frames] = row.cells;
        return {
          name: name.textContent.trim(),
          frames: frames.map((cell) => ({ bytes: Number(cell.dataset.bytes) || null, words: cell.textContent.trim() })),
        };
      });
    }

    #panel() {
      const select = (entries, chosen = 0) => make('select', {}, ...entries.map((entry, index) => (
        make('option', { value: index, textContent: entry, selected: index === chosen }))));
      const field = (name, control) => make('label', {}, make('span', { textContent: name }), control);

      this.#controls = {
        which: select(this.#functions.map((entry) => entry.name)),
        build: select(this.#builds),
        stack: select(STACKS.map(([name]) => name), CHOSEN_FIRST),
        custom: make('input', { type: 'number', min: 1, max: 4 * MIB, step: 1, value: 256 }),
        sentence: make('p', { className: 'answer' }),
        bar: make('span', { className: 'depth' }),
      };
      const { which, build, stack, custom, sentence, bar } = this.#controls;
      this.#controls.customField = field('Size in KiB', custom);
      sentence.setAttribute('role', 'status');
      const scale = make('div', { className: 'scale' }, make('div', { className: 'track' }, bar),
        ...['1', '1,000', '1,000,000 calls'].map((words) => make('span', { textContent: words })));
      scale.setAttribute('aria-hidden', 'true');
      return make('div', { className: 'panel' },
        make('div', { className: 'choices-of-stack' }, field('Function', which), field('Build', build), field('Stack', stack), this.#controls.customField),
        sentence, scale);
    }

    /** The size of the stack that is chosen, in bytes; `null` while the field holds no size. */
    #stackBytes() {
      const { stack, custom } = this.#controls;
      const [, fixed] = STACKS[stack.value];
      return fixed ?? (custom.validity.valid && custom.value !== '' ? Number(custom.value) * KIB : null);
    }

    #show() {
      const { which, build, stack, bar, sentence, customField } = this.#controls;
      const { name, frames } = this.#functions[which.value];
      const frame = frames[build.value];
      const bytes = this.#stackBytes();
      customField.hidden = STACKS[stack.value][1] !== null;
      const depth = frame.bytes && bytes && Math.max(0, Math.floor((bytes - this.overhead) / frame.bytes));
      sentence.textContent = this.#answer(name, this.#builds[build.value].toLowerCase(), frame, bytes, depth);
      const part = depth ? Math.min(1, Math.log10(Math.max(depth, 1.3)) / Math.log10(DEEPEST)) : 0;
      bar.style.setProperty('inline-size', `${part * 100}%`);
    }

    #answer(name, build, frame, bytes, depth) {
      if (bytes === null) {
        return 'Type a size of at least 1 KiB, in whole KiB.';
      }
      if (frame.bytes === null) {
        return `${name} in the ${build}: ${frame.words}, so there is no frame to divide by.`;
      }
      if (depth === 0) {
        return `On ${size(bytes)} of stack there is no room for a single frame of ${name}: it needs ${number(frame.bytes)} bytes, and ${number(this.overhead)} are in use before the first call.`;
      }
      const calls = depth === 1 ? 'call' : 'calls';
      return `${name}, ${build}, on ${size(bytes)} of stack: about ${number(depth)} ${calls} deep, at ${number(frame.bytes)} bytes a call.`;
    }

    /** Bytes of stack in use before the first call. */
    get overhead() {
      return Number(this.getAttribute('overhead')) || 0;
    }
  }

  customElements.define('stack-depth', StackDepth);
}
