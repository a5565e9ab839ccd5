// Read into every page of a test that is done by keyboard: says what has the focus, and what is wrong with it.
(() => {
  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'borderColor', 'color', 'textDecorationLine'];
  let before = null;

  const words = (element) => (element?.innerText ?? '').replace(/\s+/g, ' ').trim();
  const label = (element) => words(element.labels?.[0]) || element.getAttribute('aria-label') || words(element);
  const isTarget = (element) => element.getAttribute('tabindex') === '-1';
  const isTicked = (element) => ['radio', 'checkbox'].includes(element.type);

  /** What focus may change: the element itself, or the box that is drawn in the place of a radio or checkbox. */
  function looks(element) {
    const drawn = isTicked(element) ? getComputedStyle(element.labels[0], '::before') : getComputedStyle(element);
    return LOOKS.map((look) => drawn[look]).join();
  }

  /** Part of it must be in sight, with nothing on top of it. */
  function trouble(element) {
    const box = element.getClientRects()[0];
    if (!box || !box.width || !box.height) return 'has the focus but takes up no room';
    if (isTarget(element)) return '';
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    if (!top) return 'has the focus but is out of sight';
    const isOnTop = element.contains(top) || top.contains(element) || [...(element.labels ?? [])].some((one) => one.contains(top));
    return isOnTop ? '' : `has the focus but lies under <${top.tagName.toLowerCase()} class="${top.className}">`;
  }

  /** Whether the one that had the focus looked different then. */
  function unseen(now) {
    const { element, then } = before ?? {};
    const isSame = element?.isConnected && element !== now && !isTarget(element) && looks(element) === then;
    return isSame ? `the focus cannot be seen on “${label(element)}” (${element.outerHTML.slice(0, 120)})` : '';
  }

  /** A control's name, with the place of its row in the list instead of the row's own number. */
  function place(element) {
    const row = element.closest('[data-row]');
    const list = element.closest('[data-list]');
    const rows = list ? [...list.querySelectorAll(':scope > [data-rows] > [data-row]')] : [];
    const number = rows.indexOf(row);
    const name = row && element.name ? `${list.dataset.list}-${number}${element.name.slice(row.dataset.row.length)}` : (element.name ?? '');
    return { name, list: list?.dataset.list ?? '', row: number, rows: rows.length };
  }

  window.focusNow = () => {
    const element = document.activeElement ?? document.body;
    const isLost = element === document.body;
    const wrong = unseen(element) || (isLost ? '' : trouble(element));
    before = isLost ? null : { element, then: looks(element) };
    return {
      ...place(element), wrong, lost: isLost, id: element.id, says: isLost ? '' : label(element), target: isTarget(element),
      kind: element.matches('[data-add]') ? 'add' : element.matches('[data-remove]') ? 'remove' : element.matches('a') ? 'link' : (element.type ?? ''),
      action: element.name === 'action' ? element.value : '', value: element.value ?? '', checked: element.checked ?? false,
      href: element.getAttribute('href') ?? '',
    };
  };
})();
