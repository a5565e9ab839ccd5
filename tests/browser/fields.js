// Read into every page of a story told in a browser: what can be answered there now, under the names that answers have;
// and what is too wide for a telephone.
(() => {
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const isAnswer = ({ name, type }) => name?.startsWith('f-') && !['hidden', 'submit', 'button', 'fieldset'].includes(type);
  const rowsOf = (list) => [...list.querySelectorAll('[data-row]')].filter((row) => row.parentElement.closest('[data-list]') === list);

  /** A name with the place of each row around it instead of the row's own number: people count rows from the top. */
  function placed(name, element) {
    const row = element.parentElement.closest('[data-row]');
    if (!row) return name;
    const list = row.closest('[data-list]');
    return `${placed(list.dataset.list, list)}-${rowsOf(list).indexOf(row)}${name.slice(row.dataset.row.length)}`;
  }

  const attached = (control) => [...(control.closest('[data-files]')?.querySelectorAll('[data-file]') ?? [])].map((file) => JSON.parse(file.dataset.file).name);

  /** What makes the page wider than the screen. */
  window.tooWide = () => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 200));
  };

  window.fieldsNow = () => {
    const form = document.querySelector('form[data-form]');
    const lists = [...form.querySelectorAll('[data-list]')].filter(isSeen);
    return {
      fields: [...form.elements].filter((control) => isAnswer(control) && isSeen(control)).map((control) => ({
        name: placed(control.name, control), id: control.id, kind: control.type, value: control.value, checked: control.checked ?? false,
        attached: attached(control),
      })),
      lists: lists.map((list) => ({ name: placed(list.dataset.list, list), own: list.dataset.list, rows: rowsOf(list).length })),
    };
  };
})();
