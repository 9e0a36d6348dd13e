// The page as the browser's parser sees it, in the shape that the XML parser of the test gives it too.
const tree = element => [
  element.localName.toLowerCase(), Object.fromEntries([...element.attributes].map(a => [a.name, a.value])),
  [...element.childNodes].map(node => node.nodeType === 1 ? tree(node) : node.data),
];
return tree(document.documentElement);
