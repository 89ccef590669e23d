using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepKeras.Data;

/// <summary>Chooses columns of a CSV file and makes tensors of them.</summary>
internal sealed class CsvTable(CsvReader reader, string? target, IReadOnlyList<string>? features, bool header, float? missing)
{
    private readonly List<CsvField> _record = [];
    private readonly List<float> _values = [];
    private readonly List<CsvField> _targets = [];

    public CsvDataset Read()
    {
        if (!reader.TryRead(_record)) throw Throw.EmptyData(reader.Path);
        string[] names = [.. header ? _record.Select(f => f.Text.Trim()) : Enumerable.Range(0, _record.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        int? targetColumn = target is null ? null : Column(names, target);
        int[] columns = features is null ? [.. Enumerable.Range(0, names.Length).Where(i => i != targetColumn)] : [.. features.Select(f => Column(names, f))];
        if (columns.Length == 0) throw Throw.CsvNoFeatures(reader.Path, names);
        var rows = 0;
        if (header && !reader.TryRead(_record)) throw Throw.EmptyData(reader.Path);
        do
        {
            if (_record.Count != names.Length) throw Throw.CsvFieldCount(reader.Path, _record[0].Line, names.Length, _record.Count);
            foreach (var column in columns) _values.Add(Number(_record[column], names[column]));
            if (targetColumn is { } labels) _targets.Add(_record[labels]);
            rows++;
        }
        while (reader.TryRead(_record));
        var x = Keep(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_values)), [rows, columns.Length], ScalarType.Float32);
        var (y, classes) = targetColumn is { } at ? Targets(names[at]) : (null, []);
        return new(new TensorRows([x], y is null ? [] : [y], null), [.. columns.Select(c => names[c])], classes);
    }

    private (Tensor Y, IReadOnlyList<string> Classes) Targets(string name)
    {
        if (_targets.Find(f => f.Text.Trim().Length == 0) is { Text: not null } empty) throw Throw.CsvEmpty(reader.Path, empty, name, "Fill it in, or remove the row.");
        var numbers = new float[_targets.Count];
        var areNumbers = true;
        for (var i = 0; i < numbers.Length && areNumbers; i++) areNumbers = TryParse(_targets[i].Text, out numbers[i]);
        if (areNumbers) return (Keep(MemoryMarshal.AsBytes(numbers.AsSpan()), [numbers.Length], ScalarType.Float32), []);
        string[] classes = [.. _targets.Select(f => f.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var indices = _targets.ConvertAll(f => (long)Array.BinarySearch(classes, f.Text, StringComparer.Ordinal));
        return (Keep(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(indices)), [indices.Count], ScalarType.Int64), classes);
    }

    private float Number(CsvField field, string name)
    {
        if (TryParse(field.Text, out var number)) return number;
        if (field.Text.Trim().Length > 0) throw Throw.CsvNotANumber(reader.Path, field, name);
        return missing ?? throw Throw.CsvEmpty(reader.Path, field, name, "Pass missing: with the number that stands for it, or leave the column out with features:.");
    }

    private int Column(string[] names, string wanted)
    {
        var at = Array.IndexOf(names, wanted);
        if (at < 0) throw Throw.CsvColumn(reader.Path, wanted, names);
        return Array.LastIndexOf(names, wanted) == at ? at : throw Throw.CsvColumnTwice(reader.Path, wanted);
    }

    private static bool TryParse(string text, out float number) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>The data set owns its tensors, whatever scope it is made in.</summary>
    private static Tensor Keep(ReadOnlySpan<byte> values, long[] shape, ScalarType type)
    {
        var tensor = torch.empty(shape, type).DetachFromDisposeScope();
        values.CopyTo(tensor.bytes);
        return tensor;
    }
}
