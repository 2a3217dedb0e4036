// <code-editor>: what <code-runner> loads when it is first used. It edits a listing, has it run, and shows what came of it.
//
// The text is a plain <textarea> over the same text in colors: keys, undo, selection and screen readers work as in any other
// field, and Tab leaves it. What is kept and what is run is always the whole program, also where only a part is shown.
{
  const PLAYGROUND = 'https://play.rust-lang.org/execute';
  /** Longer than any answer takes. */
  const PATIENCE = 150_000;
  const MOST_MESSAGES = 8;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const lines = (text) => text.split('\n');
  const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

  /** A problem that is told in a sentence. */
  class Told extends Error {}

  // ---- The way to a compiler ----

  /** Sends JSON; resolves to the JSON that comes back. */
  const send = async (address, body, { headers, signal, silent }) => {
    let response;
    try {
      response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
        credentials: 'omit',
        referrerPolicy: address.startsWith('/') ? 'same-origin' : 'no-referrer',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      });
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      throw new Told(error.name === 'TimeoutError' ? 'There was no answer in time.' : silent);
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok || answer.refused || answer.error) {
      throw new Told(answer.refused ?? answer.error ?? `The answer was status ${response.status}, and no result.`);
    }
    return answer;
  };

  const onThisComputer = (path, body, computer, signal) => send(path, body, {
    headers: { 'X-Book-Token': computer.token },
    signal,
    silent: 'The book’s server does not answer. Start cargo book serve again, and load this page again.',
  });

  const onPlayground = async (code, release, signal) => {
    const body = { channel: 'stable', mode: release ? 'release' : 'debug', edition: '2024', crateType: 'bin', tests: false, backtrace: false, code };
    const silent = 'The program could not be sent: there is no way from here to play.rust-lang.org. With Rust installed, cargo book serve runs programs on your own computer.';
    return fromPlayground(await send(PLAYGROUND, body, { signal, silent }));
  };

  /** The playground mixes what cargo, the compiler and the program wrote; this takes it apart. */
  const fromPlayground = ({ success, exitDetail = '', stdout = '', stderr = '' }) => {
    const held = 'by play.rust-lang.org';
    const start = /^ *Running `[^`]*`\n?/m.exec(stderr);
    const compiler = (start ? stderr.slice(0, start.index) : stderr).replace(/^ *(?:Compiling|Finished) .*\n?/gm, '');
    if (!start && !success) {
      return { compiler, held };
    }
    const code = success ? '0' : /status:? (\d+)/.exec(exitDetail)?.[1];
    const signal = /signal:? (\d+)(?: \((\w+)\))?/.exec(exitDetail);
    const end = code === '101' ? 'It ended by a panic, with exit code 101.'
      : code ? `It ended with exit code ${code}.`
        : signal ? `It was ended by signal ${signal[2] ?? signal[1]}.` : `It did not end well. ${exitDetail}`.trim();
    return { compiler, stdout, stderr: start ? stderr.slice(start.index + start[0].length) : '', end, isGood: success, held };
  };

  // ---- What a compiler and a program say ----

  /** The messages of rustc: `{ level, code, text, line, column, whole }`. */
  const messagesOf = (said) => {
    const starts = [...said.matchAll(/^(error|warning)(?:\[(\w+)\])?: (.*)$/gm)];
    const messages = starts.map((start, index) => {
      const whole = said.slice(start.index, starts[index + 1]?.index).trimEnd();
      const place = /^ *--> src\/main\.rs:(\d+):(\d+)$/m.exec(whole);
      return { level: start[1], code: start[2], text: start[3], line: place && Number(place[1]), column: place && Number(place[2]), whole };
    });
    return messages.filter(({ text }) => !/^(?:aborting due to|could not compile|`?\w+`? \(.*\) generated|\d+ warnings? emitted)/.test(text));
  };

  /** The panics in what a program wrote to stderr, and the rest of it. */
  const panicsOf = (stderr) => {
    const panics = [];
    const pattern = /^\n?thread '(.*?)' (?:\(\d+\) )?panicked at src\/main\.rs:(\d+):(\d+):\n([\s\S]*?)\n(?:note: run with `RUST_BACKTRACE=1`.*\n?|(?=\nthread ')|$(?![\s\S]))/gm;
    const rest = stderr.replace(pattern, (_, thread, line, column, text) => {
      panics.push({ thread, line: Number(line), column: Number(column), text });
      return '';
    });
    return { panics, rest };
  };

  // ---- The element ----

  class CodeEditor extends HTMLElement {
    #parts = {};
    #data = null;
    #whole = false;
    #program = '';
    #marks = [];
    #going = null;
    #isRecalled = false;

    /** Takes its place: the text above the buttons, the result below them. */
    begin({ runner, computer, kept, run, edit }) {
      const result = make('div', { className: 'panel result' });
      result.append(make('p', { className: 'status' }), make('div', { className: 'told' }));
      result.firstChild.setAttribute('role', 'status');
      this.#parts = { runner, computer, run, edit, result };
      runner.append(result);
      if (!runner.data) {
        return;
      }
      this.#data = runner.data;
      this.#program = this.#original;
      this.hidden = true;
      this.#build();
      runner.prepend(this);
      this.#recall(kept(this.#data.name));
    }

    get #original() {
      const { before, after, part } = this.#data;
      return before + this.#indented(part) + after;
    }

    #indented(part) {
      const blanks = ' '.repeat(this.#data.indent);
      return lines(part).map((line) => (line ? blanks + line : line)).join('\n');
    }

    /** The part of the program that the page shows; `null` when what is around it has changed. */
    get #part() {
      const { before, after, indent } = this.#data;
      const program = this.#program;
      if (!program.startsWith(before) || !program.endsWith(after) || program.length < before.length + after.length) {
        return null;
      }
      const blanks = new RegExp(`^ {0,${indent}}`);
      return lines(program.slice(before.length, program.length - after.length)).map((line) => line.replace(blanks, '')).join('\n');
    }

    get #isOpen() {
      return !this.hidden;
    }

    // ---- The text ----

    #build() {
      const colors = make('code', { className: 'hljs language-rust' });
      const text = make('textarea', { spellcheck: false, autocapitalize: 'off', autocomplete: 'off', wrap: 'off' });
      text.setAttribute('aria-label', `Program of ${this.#name}`);
      const hint = make('p', { className: 'hint', textContent: 'Ctrl+Enter runs it. Tab leaves the text.' });
      const button = (textContent, onclick) => make('button', { type: 'button', textContent, onclick });
      const more = this.#data.before || this.#data.after.trim() ? button('Whole program', () => this.#toggle()) : null;
      const reset = button('Reset', () => this.#reset());
      const sheet = make('div', { className: 'sheet' }, make('pre', { ariaHidden: 'true' }, colors), text);
      this.append(make('div', { className: 'panel paper' }, sheet), make('div', { className: 'panel tools' }, ...[more, reset, hint].filter(Boolean)));
      more?.setAttribute('aria-pressed', 'false');
      Object.assign(this.#parts, { colors, text, more, reset, hint });
      text.addEventListener('input', () => this.#changed());
      text.addEventListener('keydown', (event) => this.#key(event));
    }

    get #name() {
      return this.#parts.runner.closest('figure')?.querySelector('figcaption .number')?.textContent ?? 'this listing';
    }

    /** Keys in the text are the text's: no arrow turns the page, no letter opens the search. */
    #key(event) {
      event.stopPropagation();
      if (event.key !== 'Enter') {
        return;
      }
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        this.run();
      } else if (!event.shiftKey && !event.isComposing) {
        event.preventDefault();
        const { value, selectionStart } = event.target;
        const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
        const deeper = /[{([]\s*$/.test(line) ? '    ' : '';
        this.#insert(`\n${/^ */.exec(line)[0]}${deeper}`);
      }
    }

    /** Puts text in the place of what is selected, so that it can be undone. */
    #insert(text) {
      const field = this.#parts.text;
      // The command is old, and the only way to a change that undo knows.
      if (!document.execCommand('insertText', false, text)) {
        field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
        this.#changed();
      }
    }

    #changed() {
      const { text } = this.#parts;
      const { before, after } = this.#data;
      this.#program = this.#whole ? text.value : before + this.#indented(text.value) + after;
      this.#mark([]);
      this.#paint();
      this.#keep();
    }

    /** Shows the program, or its part, in the field. */
    #fill() {
      this.#whole ||= this.#part === null;
      this.#parts.text.value = this.#whole ? this.#program : this.#part;
      this.#parts.more?.setAttribute('aria-pressed', String(this.#whole));
      this.#paint();
    }

    #paint() {
      const { text, colors, more, reset } = this.#parts;
      const isKnown = globalThis.hljs?.getLanguage?.('rust');
      if (isKnown) {
        colors.innerHTML = globalThis.hljs.highlight(text.value, { language: 'rust', ignoreIllegals: true }).value;
      } else {
        colors.textContent = text.value;
      }
      // The last line has a height, too, when it is empty.
      colors.append('\n');
      reset.disabled = this.#program === this.#original;
      if (more) {
        more.disabled = this.#whole && this.#part === null;
        more.title = more.disabled ? 'What is around the part has changed, so it cannot be shown by itself.' : '';
      }
      this.#draw();
    }

    #toggle() {
      this.#whole = !this.#whole;
      this.#fill();
    }

    /** Back to what the book has; that can be undone as typing can. */
    #reset() {
      const { text, result } = this.#parts;
      text.focus();
      text.select();
      this.#insert(this.#whole ? this.#original : this.#data.part);
      result.querySelector('.told').replaceChildren();
      this.#say('This is the listing as the book has it.');
    }

    /** Opens the text, or closes it. What was changed stays. */
    edit() {
      // What was kept has been opened already, a moment ago.
      this.#open(this.hidden || this.#isRecalled);
      this.#isRecalled = false;
      if (this.#isOpen) {
        this.#parts.text.focus();
      }
    }

    #open(isOpen) {
      this.hidden = !isOpen;
      this.#parts.edit.setAttribute('aria-expanded', String(isOpen));
      const shown = this.#parts.runner.parentElement.querySelector(':scope > pre');
      if (shown) {
        shown.hidden = isOpen;
      }
      if (isOpen) {
        this.#fill();
      } else {
        this.#draw();
      }
    }

    // ---- What is kept ----

    #keep() {
      try {
        if (this.#program === this.#original) {
          this.#forget();
        } else {
          localStorage.setItem(`code-runner ${this.#data.name}`, JSON.stringify({ hash: this.#data.hash, program: this.#program }));
        }
        this.#parts.runner.tell();
      } catch {
        this.#parts.hint.textContent = 'This browser keeps nothing for the book: what you change is gone when you leave the page.';
      }
    }

    #forget() {
      try {
        localStorage.removeItem(`code-runner ${this.#data.name}`);
      } catch {
        // There was nothing to keep it in.
      }
    }

    #recall(text) {
      let found = null;
      try {
        found = JSON.parse(text);
      } catch {
        this.#forget();
      }
      if (typeof found?.program !== 'string') {
        return;
      }
      this.#program = found.program;
      this.#isRecalled = true;
      this.#open(true);
      if (found.hash !== this.#data.hash) {
        this.#say('The book has changed this listing since you changed it. This is your text; Reset shows the new one.');
      }
    }

    // ---- Running ----

    async run() {
      this.#isRecalled = false;
      if (this.#going) {
        this.#going.abort();
        return;
      }
      // What runs is what is shown.
      if (this.#data && this.hidden && this.#program !== this.#original) {
        this.#open(true);
      }
      const { run, computer } = this.#parts;
      const [words, label] = [run.textContent, run.getAttribute('aria-label')];
      this.#going = new AbortController();
      run.textContent = 'Stop';
      run.removeAttribute('aria-label');
      this.#parts.result.setAttribute('aria-busy', 'true');
      this.#say(this.#data ? 'Compiling and running …' : 'Building and testing …');
      try {
        const { signal } = this.#going;
        if (this.#data) {
          const { release } = this.#data;
          const job = { code: this.#program, release };
          this.#show(await (computer ? onThisComputer('/__run', job, computer, signal) : onPlayground(this.#program, release, signal)));
        } else {
          const exercise = this.#parts.runner.getAttribute('exercise');
          this.#judge(await onThisComputer('/__check', { exercise }, computer, signal));
        }
      } catch (error) {
        this.#mark([]);
        this.#parts.result.querySelector('.told').replaceChildren();
        if (this.#going.signal.aborted) {
          this.#say('Stopped.');
        } else if (error instanceof Told) {
          this.#say(error.message);
        } else {
          throw error;
        }
      } finally {
        this.#going = null;
        run.textContent = words;
        if (label) {
          run.setAttribute('aria-label', label);
        }
        this.#parts.result.removeAttribute('aria-busy');
      }
    }

    #say(sentence) {
      this.#parts.result.firstChild.textContent = sentence;
    }

    /** What came of a program. */
    #show({ compiler, stdout, stderr, end, isCut, held }) {
      const messages = messagesOf(compiler);
      const { panics, rest } = panicsOf(stderr ?? '');
      const errors = messages.filter(({ level }) => level === 'error');
      this.#mark([...messages.filter(({ line }) => line), ...panics.map((panic) => ({ ...panic, level: 'error' }))]);
      const told = [];
      if (messages.length > 0) {
        told.push(make('ol', { className: 'messages' }, ...messages.slice(0, MOST_MESSAGES).map((message) => this.#message(message))));
      }
      if (messages.length > MOST_MESSAGES) {
        told.push(make('p', { textContent: `and ${plural(messages.length - MOST_MESSAGES, 'more message')}.` }));
      }
      if (end === undefined) {
        const sentence = errors.length > 0 ? `It does not compile: ${plural(errors.length, 'error')}.` : 'It does not compile.';
        this.#say(this.#data.fails ? `${sentence} That is what this listing is there to show.` : sentence);
        if (messages.length === 0) {
          told.push(this.#block('What the compiler says', compiler.trim()));
        }
      } else {
        this.#say(end);
        told.push(...panics.map((panic) => this.#panic(panic)));
        told.push(stdout ? this.#block('Output', stdout) : make('p', { className: 'label', textContent: 'It printed nothing.' }));
        if (rest.trim()) {
          told.push(this.#block('Written to stderr', rest.replace(/^\n+/, '')));
        }
        if (isCut && !/are shown\.$/.test(end)) {
          told.push(make('p', { className: 'label', textContent: 'It wrote more than is shown here.' }));
        }
      }
      told.push(make('p', { className: 'held', textContent: `Compiled${end === undefined ? '' : ' and run'} ${held}.` }));
      this.#parts.result.querySelector('.told').replaceChildren(...told);
    }

    #message({ level, code, text, line, column, whole }) {
      const head = make('p', {}, make('b', { textContent: level }), code || line ? ' ' : '');
      if (code) {
        head.append(make('code', { textContent: code }), line ? ' ' : '');
      }
      if (line) {
        head.append('in ', ...this.#place(line, column));
      }
      head.append(': ', make('span', { textContent: text }));
      const more = make('details', {}, make('summary', { textContent: 'The whole message' }), this.#block('', whole, 'The whole message'));
      more.open = level === 'error' && Boolean(line);
      return make('li', { className: level }, head, more);
    }

    #panic({ thread, line, column, text }) {
      const who = thread === 'main' ? '' : ` of thread ${thread}`;
      return make('p', { className: 'error panic' }, make('b', { textContent: 'panic' }), `${who} in `, ...this.#place(line, column), ': ', make('span', { textContent: text }));
    }

    /** A line of the program as a button that leads to it. The compiler counts from the start of the whole program. */
    #place(line, column) {
      const place = this.#shownLine(line);
      const words = place ? `line ${place}` : `line ${line} of the whole program`;
      const button = make('button', { type: 'button', className: 'place', textContent: words, onclick: () => this.#visit(line, column) });
      return place && place !== line ? [button, ` (${line} of the whole program)`] : [button];
    }

    #visit(line, column) {
      if (!this.#isOpen) {
        this.#open(true);
      }
      if (!this.#shownLine(line)) {
        this.#whole = true;
        this.#fill();
      }
      const { text } = this.#parts;
      const all = lines(text.value);
      const at = Math.min(this.#shownLine(line) ?? 1, all.length) - 1;
      const start = all.slice(0, at).reduce((sum, text) => sum + text.length + 1, 0);
      const inset = this.#whole ? column - 1 : column - 1 - this.#data.indent;
      const place = start + Math.max(0, Math.min(inset, all[at].length));
      text.focus();
      text.setSelectionRange(place, place);
    }

    /** The number by which a line of the program is shown; `null` where it is not. */
    #shownLine(line) {
      const part = this.#part;
      if (this.#whole || part === null) {
        return line;
      }
      const shown = line - (lines(this.#data.before).length - 1);
      return shown >= 1 && shown <= lines(part).length ? shown : null;
    }

    #block(title, text, name = title) {
      const code = make('code', { textContent: text, tabIndex: 0 });
      code.setAttribute('role', 'group');
      code.setAttribute('aria-label', name);
      code.addEventListener('keydown', (event) => /^Arrow/.test(event.key) && event.stopPropagation());
      return make('div', { className: 'said' }, ...(title ? [make('p', { className: 'label', textContent: title })] : []), make('pre', {}, code));
    }

    #mark(marks) {
      // Of two on a line the worse is shown.
      this.#marks = marks.toSorted((a, b) => (a.level === 'error' ? 0 : 1) - (b.level === 'error' ? 0 : 1));
      this.#draw();
    }

    /** Draws the marks of lines behind the text that is shown: the field's, or the page's own. */
    #draw() {
      if (!this.#data) {
        return;
      }
      const figure = this.#parts.runner.parentElement;
      figure.querySelectorAll('.line-mark').forEach((mark) => mark.remove());
      const ground = this.#isOpen ? this.#parts.colors : figure.querySelector(':scope > pre > code');
      const seen = new Set();
      for (const { line, level } of this.#marks) {
        const shown = this.#shownLine(line);
        if (shown && !seen.has(shown)) {
          seen.add(shown);
          const mark = make('span', { className: `line-mark ${level}` });
          mark.style.setProperty('--line', shown - 1);
          ground?.append(mark);
        }
      }
    }

    // ---- Tests of an exercise ----

    #judge({ tests, compiler }) {
      const told = [];
      if (tests.length === 0) {
        this.#say('It does not compile, so nothing was tested.');
        told.push(this.#block('What the compiler says', compiler.trim()));
      } else {
        const passed = tests.filter(({ status }) => status === 'passed').length;
        this.#say(passed === tests.length ? `All ${plural(tests.length, 'test')} passed.` : `${passed} of ${plural(tests.length, 'test')} passed.`);
        told.push(make('ol', { className: 'tests' }, ...tests.map((test) => this.#test(test))));
        // One thing at a time: the first that failed is told in full.
        const first = told[0].querySelector('.failed details');
        if (first) {
          first.open = true;
        }
      }
      this.#parts.result.querySelector('.told').replaceChildren(...told);
    }

    #test({ name, title, status, said }) {
      const words = { passed: 'passed', failed: 'failed', ignored: 'ignored', missing: 'not found' }[status];
      const item = make('li', { className: status }, make('p', {}, make('b', { textContent: words }), ' ', make('code', { textContent: name }), title ? ` ${title}` : ''));
      if (said) {
        item.append(make('details', {}, make('summary', { textContent: 'What it said' }), this.#block('', said.replace(/^note: run with `RUST_BACKTRACE.*\n?/gm, '').trim(), `What ${name} said`)));
      }
      return item;
    }
  }

  customElements.define('code-editor', CodeEditor);
}
