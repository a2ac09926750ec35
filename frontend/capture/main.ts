// Starts the capture page.

export {};
