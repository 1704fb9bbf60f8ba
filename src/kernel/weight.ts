/** What a printed text weighs on its way from thread to thread, beside its characters. */
export const letterWeight = 200;
