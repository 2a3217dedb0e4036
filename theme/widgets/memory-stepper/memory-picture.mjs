// <memory-picture>: stacks, heap and arrows at one step of a recorded run. It decides nothing: which boxes
// there are, what is in them and what the arrows mean was worked out when the book was built.
{
  const SVG = 'http://www.w3.org/2000/svg';
  const LANE = 5;
  const HEAD = 8;

  /** Creates an element with a class and children; what is missing is left out. */
  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) {
      element.className = name;
    }
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  };

  /** A path or circle. */
  const draw = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  /** Text whose `code spans` become elements. */
  const spans = (text) => text.split('`').map((part, place) => (place % 2 === 1 ? make('code', '', part) : part));

  /** `06 00 …`, so many bytes a line. */
  const inBytes = (hex, count) => (hex.match(/../g) ?? []).map((byte, place) => byte + ((place + 1) % count === 0 ? '\n' : ' ')).join('').trim();

  /** Heads of arrows that point to the right (1) or to the left (-1); no two kinds have the same. */
  const HEADS = {
    owns: (x, y, d) => `M${x} ${y}l${-9 * d} -4.5v9z`,
    borrows: (x, y, d) => `M${x - 8 * d} ${y - 4.5}L${x} ${y}l${-8 * d} 4.5`,
    weak: (x, y, d) => `M${x} ${y}a4 4 0 1 0 ${-8 * d} 0a4 4 0 1 0 ${8 * d} 0z`,
    raw: (x, y, d) => `M${x} ${y}l${-5 * d} -4.5l${-5 * d} 4.5l${5 * d} 4.5z`,
    dangling: (x, y, d) => `M${x} ${y - 4.5}l${-9 * d} 9M${x - 9 * d} ${y - 4.5}l${9 * d} 9`,
    stale: (x, y) => `M${x} ${y - 4.5}v9`,
  };

  class MemoryPicture extends HTMLElement {
    #data = null;
    #scene = null;
    #mode = 'words';
    #boxes = new Map();
    #arrows = draw('svg', { 'aria-hidden': 'true', class: 'arrows' });
    #columns = make('div', 'columns');
    #leads = make('ul', 'leads');

    connectedCallback() {
      if (this.childElementCount > 0) {
        return;
      }
      this.#columns.append(this.#arrows);
      this.append(this.#columns, this.#leads);
      this.#leads.addEventListener('pointerover', (event) => this.#point(event.target.closest('li')));
      this.#leads.addEventListener('pointerleave', () => this.#point(null));
      new ResizeObserver(() => this.#drawArrows()).observe(this.#columns);
    }

    /** The boxes and arrows that scenes speak of. */
    set data(data) {
      this.#data = data;
    }

    /** Shows a scene; `mode` is `words`, `values` or `bytes`. */
    show(scene, mode) {
      [this.#scene, this.#mode] = [scene, mode];
      this.#boxes.clear();
      const stacks = make('div', 'stacks', ...this.#stacks(scene.stacks));
      const blocks = scene.heap.map((place) => this.#part(place, 'block'));
      const heap = make('div', 'heap', make('p', 'title', 'heap'), ...(blocks.length > 0 ? blocks : [make('p', 'none', 'no block')]),
        scene.hidden ? make('p', 'none', `… ${scene.hidden} more blocks …`) : null);
      this.#columns.replaceChildren(stacks, heap, this.#arrows);
      this.#leads.replaceChildren(...scene.arrows.map((place) => this.#lead(place)));
      this.#drawArrows();
    }

    #stacks(stacks) {
      if (stacks.length === 0) {
        return [make('p', 'title', 'stack'), make('p', 'none', 'no frame is left')];
      }
      return stacks.flatMap(({ title, frames }) => [
        make('p', 'title', title, make('span', '', 'grows down')),
        ...frames.flatMap((place) => this.#frame(this.#data.frames[place])),
      ]);
    }

    #frame({ title, note, runs, hidden, rows }) {
      const head = make('p', 'head', make('b', '', title), make('span', '', note.split(' from ')[0]));
      head.title = note;
      const parts = rows.map((place) => this.#part(place, 'row'));
      const frame = make('div', runs ? 'frame running' : 'frame', head, ...(parts.length > 0 ? parts : [make('p', 'none', 'no variable yet')]));
      return hidden ? [make('p', 'none', `… ${hidden} more frames …`), frame] : [frame];
    }

    #part(place, kind) {
      const part = this.#data.parts[place];
      const [words, changed] = this.#scene.news[place] ?? [[], []];
      const isBlock = kind === 'block';
      const tail = `…${part.address.slice(-4)}`;
      const under = [isBlock ? `${part.note} at ${tail}` : '', part.type].filter(Boolean).map((text) => make('span', 'type', text));
      const who = make('span', 'who', make('b', '', part.name), ...under);
      const address = isBlock ? null : make('span', 'address', tail);
      (address ?? who).title = `${part.address}, ${part.note}`;
      const content = make('span', 'words', ...this.#content(part, changed, isBlock));
      const marks = [...words.map((word) => make('em', 'news', word)), ...(part.states ?? []).map((word) => make('em', 'state', word))];
      const element = make('div', `part ${kind}${part.stale ? ' stale' : ''}`, address, who, content,
         marks.length > 0 ? make('span', 'marks', ...marks) : null);
      this.#boxes.set(place, { element, cells: [...content.children] });
      return element;
    }

    #content(part, changed, isBlock) {
      if (this.#mode === 'bytes') {
        return part.bytes ? [make('code', 'bytes', inBytes(part.bytes, isBlock ? 4 : 8))] : [];
      }
      const cells = this.#mode === 'words' ? part.cells ?? [] : [];
      if (cells.length === 0) {
        return part.value ? [make('code', 'word whole', part.value)] : [];
      }
      return cells.map(([label, text, isPointer], place) => (
        make('code', `word${isPointer ? ' pointer' : ''}${changed.includes(place) ? ' changed' : ''}`, label ? make('small', '', label) : null, text)));
    }

    #lead(place) {
      const { kind, say } = this.#data.arrows[place];
      const item = make('li', kind, ...spans(say));
      item.dataset.arrow = place;
      return item;
    }

    /** Emphasizes the arrow that a sentence is about. */
    #point(item) {
      for (const line of this.#arrows.children) {
        line.classList.toggle('pointed', item !== null && line.dataset.arrow === item?.dataset.arrow);
      }
    }

    /** Measures everything first and draws then, so that the page is laid out once. */
    #drawArrows() {
      if (!this.#scene) {
        return;
      }
      const origin = this.#columns.getBoundingClientRect();
      const box = (element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
      };
      const ends = new Map();
      const lines = this.#scene.arrows.map((place, number) => {
        const { from, to, cell, kind } = this.#data.arrows[place];
        const nth = ends.get(to) ?? 0;
        ends.set(to, nth + 1);
        const [begin, end] = [this.#boxes.get(from), this.#boxes.get(to)];
        const word = begin.cells[cell] ?? begin.cells[0] ?? begin.element;
        return { place, kind, number, nth, begin: box(begin.element), word: box(word), end: box(end.element) };
      });
      this.#arrows.replaceChildren(...lines.map((line) => this.#arrow(line)));
    }

    #arrow({ place, kind, number, nth, begin, word, end }) {
      const [isRight, isLeft] = [end.left > begin.right, end.right < begin.left];
      const d = isRight ? 1 : -1;
      const [x, y] = [(word.left + word.right) / 2, word.bottom];
      const lane = y + LANE;
      const exit = isLeft ? begin.left : begin.right;
      const tip = (isRight ? end.left : end.right) - d * 1.5;
      const neck = tip - d * HEAD;
      const endY = Math.min(end.top + 11 + nth * 11, end.bottom - 6);
      const bend = isRight || isLeft ? Math.max(16, Math.abs(tip - exit) / 2) : 16 + (number % 3) * 6;
      const [first, second] = [exit + (isLeft ? -bend : bend), neck - (isRight ? bend : -bend)];
      const group = draw('g', { class: kind });
      group.dataset.arrow = place;
      group.append(
        draw('circle', { class: 'tail', cx: x, cy: y, r: 2.6 }),
        draw('path', { class: 'arrow', d: `M${x} ${y}V${lane}H${exit}C${first} ${lane} ${second} ${endY} ${neck} ${endY}` }),
        draw('path', { class: 'head', d: HEADS[kind](tip, endY, d) }),
      );
      return group;
    }
  }

  customElements.define('memory-picture', MemoryPicture);
}
