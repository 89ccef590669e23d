namespace DeepKeras.Data;

/// <summary>A field and where it begins, both counted from 1.</summary>
internal readonly record struct CsvField(string Text, int Line, int Column);
