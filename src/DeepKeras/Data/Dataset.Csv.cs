namespace DeepKeras.Data;

/// <content>From CSV files.</content>
public static partial class Dataset
{
    /// <summary>The rows of a CSV file (RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes), read once and kept in memory.</summary>
    /// <remarks>
    /// Numbers have a decimal point, whatever the culture. A target column of numbers gives float32 targets of shape (), one of words gives int64 class
    /// numbers: positions in <see cref="CsvDataset.ClassNames"/>, sorted.
    /// <code>var iris = Dataset.FromCsv("iris.csv", target: "species");
    /// Sequential model = [Dense(16, activation: "relu"), Dense(iris.ClassNames.Count, activation: "softmax")];
    /// model.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    /// model.Fit(iris.Shuffle(150).Batch(16), epochs: 20);</code>
    /// </remarks>
    /// <param name="path">The file, UTF-8 (or with a byte order mark).</param>
    /// <param name="target">The column of the target; none by default.</param>
    /// <param name="features">The columns of the inputs, in this order; by default all but the target. They give one input of shape (columns).</param>
    /// <param name="header">Whether the first line names the columns; else they are "0", "1", "2" ….</param>
    /// <param name="delimiter">What parts the fields.</param>
    /// <param name="missing">The number that empty feature fields stand for; by default they are refused.</param>
    /// <exception cref="KerasException">A column is not there, a line is malformed or a feature is not a number: the text says at which path:line:column.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvDataset FromCsv(string path, string? target = null, IReadOnlyList<string>? features = null, bool header = true, char delimiter = ',', float? missing = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path);
        return new CsvTable(new CsvReader(reader, path, delimiter), target, features, header, missing).Read();
    }
}
