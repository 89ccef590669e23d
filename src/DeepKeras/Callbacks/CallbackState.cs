namespace DeepKeras.Callbacks;

/// <summary>What a callback has counted so far, as a backup keeps it (see <see cref="BackupAndRestore"/>).</summary>
/// <remarks><code>
/// protected override void SaveState(CallbackState state) => state.Numbers["wait"] = _wait;
/// protected override void RestoreState(CallbackState state) => _wait = (int)state.Numbers["wait"];
/// </code></remarks>
public sealed class CallbackState
{
    /// <summary>Numbers by name.</summary>
    public IDictionary<string, double> Numbers { get; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Texts by name.</summary>
    public IDictionary<string, string> Texts { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lists of tensors by name. They are copied into the file; those that come from it are freed after <c>RestoreState</c>, so keep copies.</summary>
    public IDictionary<string, IReadOnlyList<Tensor>> Tensors { get; } = new SortedDictionary<string, IReadOnlyList<Tensor>>(StringComparer.Ordinal);

    internal bool IsEmpty => Numbers.Count + Texts.Count + Tensors.Count == 0;

    /// <summary>Keeps a number that may be missing.</summary>
    internal void Set(string name, double? value)
    {
        if (value is { } number) Numbers[name] = number;
    }

    /// <summary>A number, or <see langword="null"/> where there was none.</summary>
    internal double? Get(string name) => Numbers.TryGetValue(name, out var value) ? value : null;
}
