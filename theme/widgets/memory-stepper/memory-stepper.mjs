// <memory-stepper>: a recorded run that the reader steps through. Its data stand in a script element inside of
// it, so that nothing is requested; everything else inside of it is what is shown without scripts and on paper.
{
  const VERSION = 1;
  const MODES = ['words', 'values', 'bytes'];
  const PACE = 1500;
  const SLOW = 3000;

  /** Creates an element with properties and children. */
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /** Text whose `code spans` become elements. */
  const spans = (text) => text.split('`').map((part, place) => (place % 2 === 1 ? make('code', {}, part) : part));

  /** Each step in full, where the data say only what differs from the step before. */
  const unfold = (steps) => {
    let [last, output] = [{ stacks: [], heap: [], arrows: [] }, ''];
    return steps.map((step) => {
      output += step.printed ?? '';
      last = { waiting: [], news: {}, ...step, stacks: step.stacks ?? last.stacks, heap: step.heap ?? last.heap, arrows: step.arrows ?? last.arrows, output };
      return last;
    });
  };

  class MemoryStepper extends HTMLElement {
    #data = null;
    #steps = [];
    #at = 0;
    #mode = MODES[0];
    #settled = new Map();
    #timer = null;
    #parts = {};

    connectedCallback() {
      const source = this.querySelector('script[type="application/json"]');
      const data = source && !this.#data && JSON.parse(source.textContent);
      if (data?.version !== VERSION) {
        return;
      }
      this.#data = data;
      this.#steps = unfold(data.steps);
      this.append(this.#panel());
      this.classList.add('ready');
      this.#show(Number(this.getAttribute('first')) || 0);
      this.#follow();
      addEventListener('hashchange', () => this.#follow());
    }

    disconnectedCallback() {
      this.#play(false);
    }

    /** Number of the step that is shown, from 1. */
    get step() {
      return this.#at + 1;
    }

    get steps() {
      return this.#steps.length;
    }

    /** Goes to a step, from 0; a question on the way is asked first. */
    go(wanted) {
      const to = Math.max(0, Math.min(wanted, this.#steps.length - 1));
      const open = this.#data.stops?.find((stop) => !this.#settled.has(stop) && stop.step >= this.#at && stop.step < to);
      if (open?.step === this.#at) {
        this.#play(false);
        this.#parts.question.querySelector('button').focus();
        return;
      }
      this.#show(open?.step ?? to);
      if (this.#at === this.#steps.length - 1 || open) {
        this.#play(false);
      }
    }

    // ---- What is built once ----

    #panel() {
      const button = (name, label, act) => {
        const element = make('button', { type: 'button', className: name, title: label });
        element.setAttribute('aria-label', label);
        element.addEventListener('click', act);
        return element;
      };
      const parts = {
        first: button('first', 'First step', () => this.go(0)),
        back: button('back', 'Step back', () => this.go(this.#at - 1)),
        play: button('play', 'Play', () => this.#play(this.#timer === null)),
        next: button('next', 'Next step', () => this.go(this.#at + 1)),
        last: button('last', 'Last step', () => this.go(this.#steps.length - 1)),
        range: make('input', { type: 'range', min: 1, max: this.#steps.length, step: 1 }),
        count: make('span', { className: 'count' }),
        say: make('p', { className: 'say' }),
        remark: make('p', { className: 'remark' }),
        question: make('div', { className: 'question' }),
        lines: this.#lines(),
        picture: document.createElement('memory-picture'),
        output: make('pre', { className: 'output' }),
        link: make('a', { className: 'link', textContent: 'link to this step' }),
      };
      this.#parts = parts;
      parts.range.setAttribute('aria-label', 'Step of the recorded run');
      parts.range.addEventListener('input', () => this.go(Number(parts.range.value) - 1));
      parts.picture.data = this.#data;
      const telling = make('div', { className: 'telling' }, parts.say, parts.remark);
      telling.setAttribute('role', 'status');
      parts.telling = telling;
      const panel = make('div', { className: 'panel' },
        make('div', { className: 'bar' }, parts.first, parts.back, parts.play, parts.next, parts.last, parts.range, parts.count),
        telling, parts.question,
        make('div', { className: 'scene' },
          make('div', { className: 'program' }, parts.lines, make('p', { className: 'title' }, 'printed so far'), parts.output),
          parts.picture),
        make('div', { className: 'foot' }, this.#modes(), parts.link));
      panel.setAttribute('role', 'group');
      panel.setAttribute('aria-label', `Recorded run of ${this.#steps.length} steps`);
      panel.addEventListener('keydown', (event) => this.#key(event));
      return panel;
    }

    /** The code, line by line, with the colors that the highlighter has given to the listing. */
    #lines() {
      const code = this.querySelector('.fallback pre > code');
      const lines = this.#data.code.map((_, number) => {
        const text = make('span', { className: 'text' });
        return make('span', { className: 'line' }, make('span', { className: 'number', textContent: number + 1 }), text);
      });
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      let line = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const name = node.parentElement === code ? '' : node.parentElement.className;
        node.data.split('\n').forEach((piece, place) => {
          line += place > 0 ? 1 : 0;
          lines[line]?.lastChild.append(make('span', { className: name }, piece));
        });
      }
      const region = make('div', { className: 'lines hljs', tabIndex: 0 }, make('div', {}, ...lines));
      region.setAttribute('role', 'group');
      region.setAttribute('aria-label', 'Code');
      return region;
    }

    #modes() {
      const group = make('div', { className: 'modes' }, ...MODES.map((mode) => {
        const button = make('button', { type: 'button', textContent: mode, value: mode });
        button.addEventListener('click', () => {
          this.#mode = mode;
          this.#show(this.#at);
        });
        return button;
      }));
      group.setAttribute('role', 'group');
      group.setAttribute('aria-label', 'Show memory as');
      this.#parts.modes = group;
      return group;
    }

    // ---- What is drawn at each step ----

    #show(at) {
      const moved = at !== this.#at;
      this.#at = at;
      const step = this.#steps[at];
      const { first, back, next, last, range, count, say, remark, output, link, modes, picture } = this.#parts;
      const [isFirst, isLast] = [at === 0, at === this.#steps.length - 1];
      // A button that has the focus must keep it, so it is not disabled for good.
      for (const [button, isOff] of [[first, isFirst], [back, isFirst], [next, isLast], [last, isLast]]) {
        button.setAttribute('aria-disabled', String(isOff));
      }
      range.value = at + 1;
      range.setAttribute('aria-valuetext', `step ${at + 1} of ${this.#steps.length}`);
      count.textContent = `${at + 1} / ${this.#steps.length}`;
      say.replaceChildren(...spans(step.say));
      remark.replaceChildren(...spans(step.remark ?? ''));
      output.textContent = step.output || 'nothing yet';
      output.classList.toggle('none', !step.output);
      link.href = `#${this.getAttribute('figure')}:step-${at + 1}`;
      for (const button of modes.children) {
        button.setAttribute('aria-pressed', String(button.value === this.#mode));
      }
      this.#mark(step);
      this.#ask();
      picture.show(step, this.#mode);
      if (moved) {
        this.dispatchEvent(new CustomEvent('step', { detail: at + 1 }));
      }
    }

    #mark(step) {
      const { lines } = this.#parts;
      [...lines.firstChild.children].forEach((line, place) => {
        const number = place + 1;
        const isNow = number === step.line;
        const isWaiting = !isNow && step.waiting.includes(number);
        line.className = `line${isNow ? ' now' : ''}${isWaiting ? ' waiting' : ''}`;
        line.dataset.sign = isNow ? 'next' : isWaiting ? 'calls' : '';
        isNow ? line.setAttribute('aria-current', 'step') : line.removeAttribute('aria-current');
        if (isNow) {
          const [top, room] = [line.offsetTop, lines.clientHeight];
          if (top < lines.scrollTop || top + line.offsetHeight > lines.scrollTop + room) {
            lines.scrollTop = top - room / 2;
          }
        }
      });
    }

    // ---- Questions ----

    #ask() {
      const { question } = this.#parts;
      const stop = this.#data.stops?.find(({ step }) => step === this.#at);
      if (!stop) {
        // Whoever has answered goes on with the keys.
        if (question.contains(document.activeElement)) {
          this.#parts.next.focus({ preventScroll: true });
        }
        question.hidden = true;
        question.replaceChildren();
        return;
      }
      question.hidden = false;
      const chosen = this.#settled.get(stop);
      const choices = stop.choices.map((choice, place) => this.#choice(stop, chosen, choice, place));
      const verdict = make('p', { className: 'verdict' }, ...(this.#settled.has(stop) ? this.#verdict(stop, chosen) : []));
      verdict.setAttribute('role', 'status');
      const show = make('button', { type: 'button', className: 'reveal', textContent: 'show me' });
      show.addEventListener('click', () => this.#settle(stop, null));
      const more = make('button', { type: 'button', className: 'more', textContent: 'go on' });
      more.addEventListener('click', () => this.go(this.#at + 1));
      question.replaceChildren(make('p', { className: 'asked' }, make('b', {}, 'What do you expect? '), ...spans(stop.question)),
        make('div', { className: 'answers' }, ...choices, this.#settled.has(stop) ? more : show), verdict);
    }

    #choice(stop, chosen, choice, place) {
      const button = make('button', { type: 'button' }, make('code', {}, choice));
      if (!this.#settled.has(stop)) {
        button.addEventListener('click', () => this.#settle(stop, place));
        return button;
      }
      button.disabled = true;
      button.className = place === stop.right ? 'right' : place === chosen ? 'wrong' : '';
      return button;
    }

    #verdict(stop, chosen) {
      const told = [make('code', {}, stop.choices[stop.right]), `, at step ${stop.answered + 1}.`];
      return [{ null: 'The recording says ', [stop.right]: 'Right. The recording says ' }[chosen] ?? 'Not so. The recording says ', ...told];
    }

    #settle(stop, chosen) {
      this.#settled.set(stop, chosen);
      this.#ask();
      this.#parts.question.querySelector('.more').focus();
    }

    // ---- Keys, time and links ----

    #key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const isArrow = /^Arrow(?:Left|Right)$/.test(event.key);
      if (isArrow) {
        // mdBook would turn the page.
        event.stopPropagation();
      }
      const isSlider = event.target === this.#parts.range;
      const acts = { ArrowRight: () => this.go(this.#at + 1), ArrowLeft: () => this.go(this.#at - 1), Home: () => this.go(0), End: () => this.go(this.#steps.length - 1) };
      if (event.key === ' ' && !event.target.closest('button, a')) {
        this.#play(this.#timer === null);
      } else if (acts[event.key] && !isSlider) {
        acts[event.key]();
      } else {
        return;
      }
      event.preventDefault();
    }

    #play(isOn) {
      const { play, telling } = this.#parts;
      clearInterval(this.#timer);
      this.#timer = null;
      if (isOn) {
        const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        this.#timer = setInterval(() => this.go(this.#at + 1), isCalm ? SLOW : PACE);
        if (this.#at === this.#steps.length - 1) {
          this.#show(0);
        }
      }
      play?.setAttribute('aria-label', isOn ? 'Pause' : 'Play');
      play?.classList.toggle('playing', isOn);
      // Nobody can follow a voice that is interrupted at every step.
      telling?.setAttribute('aria-live', isOn ? 'off' : 'polite');
    }

    /** Shows the step that the address of the page names. */
    #follow() {
      const [figure, step] = decodeURIComponent(location.hash.slice(1)).split(':step-');
      if (figure !== this.getAttribute('figure') || !step) {
        return;
      }
      const at = Math.max(0, Math.min(Number(step) - 1 || 0, this.#steps.length - 1));
      this.#data.stops?.filter((stop) => stop.step < at && !this.#settled.has(stop)).forEach((stop) => this.#settled.set(stop, null));
      this.#show(at);
      // The address says where to be, and not where the reader was when the page was loaded before.
      history.scrollRestoration = 'manual';
      this.closest('figure')?.scrollIntoView();
    }
  }

  customElements.define('memory-stepper', MemoryStepper);
}
