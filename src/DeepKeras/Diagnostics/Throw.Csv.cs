using DeepKeras.Data;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException CsvOpenQuote(string path, int line, int column) =>
        new($"{path}:{line}:{column}: a quoted field begins here, but the file ends before its closing quote. Add the quote, or double a quote that belongs to the text.");

    public static KerasException CsvStrayQuote(string path, int line, int column) =>
        new($"{path}:{line}:{column}: a quote in the middle of a field that does not begin with one. Quote the whole field and double the quotes in it.");

    public static KerasException CsvAfterQuote(string path, int line, int column, char received) =>
        new($"{path}:{line}:{column}: after a closing quote the field must end, but '{received}' follows. Double a quote that belongs to the text, or check the delimiter.");

    public static KerasException CsvFieldCount(string path, int line, int expected, int received) =>
        new($"{path}:{line}:1: expected {expected} field{(expected == 1 ? "" : "s")} as in the first line but found {received}. Quote fields that hold the delimiter, or pass the right delimiter:.");

    public static KerasException CsvNotANumber(string path, CsvField field, string name) =>
        new($"{path}:{field.Line}:{field.Column}: '{field.Text}' in column '{name}' is not a number. Write numbers with a decimal point, or leave the column out with features: (words are possible in the target only).");

    public static KerasException CsvEmpty(string path, CsvField field, string name, string fix) =>
        new($"{path}:{field.Line}:{field.Column}: the field in column '{name}' is empty. {fix}");

    public static KerasException CsvColumn(string path, string name, IEnumerable<string> names) =>
        new($"{path} has no column '{name}'. Its columns are: {string.Join(", ", names.Select(n => $"'{n}'"))}. Without a line of names pass header: false; the columns are then '0', '1', '2' ….");

    public static KerasException CsvColumnTwice(string path, string name) =>
        new($"{path} has several columns named '{name}'. Rename them, or leave the line of names out and pass header: false.");

    public static KerasException CsvNoFeatures(string path, IEnumerable<string> names) =>
        new($"{path} has no column left for the input; its columns are: {string.Join(", ", names.Select(n => $"'{n}'"))}. Name some with features:, or pass the right delimiter:.");
}
