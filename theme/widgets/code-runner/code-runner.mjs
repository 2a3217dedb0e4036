// <code-runner>: the buttons under a listing that run and edit it, or run the tests of an exercise.
//
// This part is small, and asks for nothing. The rest (the editor, the way to a compiler, what it says) is
// code-editor.mjs, which is loaded when a button is pressed for the first time.
{
  /** Where code-editor.mjs is; a stock mdBook build has loaded it by itself. */
  const editorAddress = document.currentScript?.dataset.editor;

  /** What `cargo book serve` tells its pages: how to reach the compiler of this computer. */
  const thisComputer = () => {
    const element = document.getElementById('this-computer');
    return element ? JSON.parse(element.textContent) : null;
  };

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /** Loads the rest, once. Resolves when <code-editor> is known. */
  let loading = null;
  const rest = () => {
    loading ??= customElements.get('code-editor') || !editorAddress
      ? customElements.whenDefined('code-editor')
      : new Promise((done, failed) => {
        document.head.append(make('script', { src: editorAddress, onload: done, onerror: () => failed(new Error(editorAddress)) }));
      });
    return loading;
  };

  /** What a reader has made of a listing, if this browser keeps it. */
  const kept = (name) => {
    try {
      return localStorage.getItem(`code-runner ${name}`);
    } catch {
      return null;
    }
  };

  class CodeRunner extends HTMLElement {
    #buttons = {};
    #editor = null;

    connectedCallback() {
      if (this.querySelector('.bar')) {
        return;
      }
      const exercise = this.getAttribute('exercise');
      if (exercise) {
        if (thisComputer()) {
          this.#show(['Run the tests'], `on your files in exercises/${exercise}, as cargo test does.`);
        }
        return;
      }
      this.data = JSON.parse(this.querySelector('script').textContent);
      this.#show(['Run', 'Edit'], '');
      this.#buttons.edit.setAttribute('aria-expanded', 'false');
      this.tell();
    }

    /** Says where programs run, and whether a reader's text is kept. */
    tell() {
      const where = thisComputer() ? 'Runs on this computer.' : 'Run sends it to play.rust-lang.org.';
      this.querySelector('.note').textContent = kept(this.data.name) ? `${where} You have changed this program; your text is kept.` : where;
    }

    #show([run, edit], note) {
      const button = (textContent, action) => make('button', { type: 'button', textContent, onclick: () => this.#ask(action) });
      this.#buttons = { run: button(run, 'run'), edit: edit ? button(edit, 'edit') : null };
      const about = this.closest('figure, section')?.querySelector('figcaption .number')?.textContent;
      if (about) {
        this.#buttons.run.setAttribute('aria-label', `${run} ${about}`);
        this.#buttons.edit.setAttribute('aria-label', `${edit} ${about}`);
      }
      this.append(make('div', { className: 'panel bar' }, ...Object.values(this.#buttons).filter(Boolean), make('span', { className: 'note', textContent: note })));
    }

    async #ask(action) {
      try {
        await rest();
      } catch {
        this.querySelector('.note').textContent = 'The part of the page that does this could not be loaded. Is the book still being served?';
        loading = null;
        return;
      }
      if (!this.#editor) {
        this.#editor = document.createElement('code-editor');
        this.#editor.begin({ runner: this, computer: thisComputer(), kept, ...this.#buttons });
      }
      this.#editor[action]();
    }
  }

  customElements.define('code-runner', CodeRunner);
}
