'use strict';
const button = document.getElementById('imprimir');
button.addEventListener('click', () => window.print());
if ('ya' in button.dataset) addEventListener('load', () => window.print());
