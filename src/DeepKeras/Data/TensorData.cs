using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DeepKeras.Data;

/// <summary>
/// What models are fed with: a tensor, a C# array of numbers of any rank, several of them (<c>[a, b]</c>, in the order of the model's
/// inputs or outputs), or a dictionary by name.
/// </summary>
/// <remarks>The first axis counts samples. float64 arrays become the model's float type; integers stay integers until a layer needs floats.</remarks>
[CollectionBuilder(typeof(TensorData), nameof(Create))]
public sealed class TensorData : IEnumerable<TensorData>
{
    private readonly Tensor? _tensor;
    private readonly TensorData[]? _parts;
    private readonly IReadOnlyDictionary<string, TensorData>? _named;

    private TensorData(Tensor tensor) => _tensor = tensor;

    private TensorData(TensorData[] parts) => _parts = parts;

    private TensorData(IReadOnlyDictionary<string, TensorData> named) => _named = named;

    /// <summary>Builds a list of tensors from a collection expression.</summary>
    /// <param name="parts">One entry per input or output.</param>
    public static TensorData Create(ReadOnlySpan<TensorData> parts) => new(parts.ToArray());

    /// <inheritdoc/>
    public IEnumerator<TensorData> GetEnumerator() => ((IEnumerable<TensorData>)(_parts ?? [this])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tensors in the order of <paramref name="names"/>.</summary>
    /// <param name="names">The model's input or output names.</param>
    /// <param name="what">"input" or "target", for errors.</param>
    internal Tensor[] InOrder(IReadOnlyList<string> names, string what)
    {
        if (_tensor is not null && names.Count == 1) return [_tensor];
        if (_named is not null)
        {
            if (_named.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownDataName(what, stranger, names);
            return [.. names.Select(n => _named.TryGetValue(n, out var part) ? part.Only(what) : throw Throw.MissingDataName(what, n, _named.Keys))];
        }
        var parts = _parts is null ? [this] : _parts;
        if (parts.Length != names.Count) throw Throw.DataCount(what, names, parts.Length);
        return [.. parts.Select(p => p.Only(what))];
    }

    /// <summary>As <see cref="InOrder"/>, but a dictionary may leave names out.</summary>
    internal Tensor?[] InOrderOrNull(IReadOnlyList<string> names, string what)
    {
        if (_named is null) return InOrder(names, what);
        if (_named.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownDataName(what, stranger, names);
        return [.. names.Select(n => _named.TryGetValue(n, out var part) ? part.Only(what) : null)];
    }

    /// <summary>The tensors in their own order, and their names where they have some.</summary>
    /// <param name="what">"input", "target" or "sampleWeight", for errors.</param>
    internal (Tensor[] Tensors, IReadOnlyList<string>? Names) Unpack(string what) => _named is not null
        ? ([.. _named.Values.Select(p => p.Only(what))], [.. _named.Keys])
        : ([.. (_parts ?? [this]).Select(p => p.Only(what))], null);

    private Tensor Only(string what) => _tensor ?? throw Throw.NestedData(what);

    /// <summary>A tensor; it is used, not copied. A variable that is <see langword="null"/> is no data, so that optional weights can be passed on.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator TensorData?(Tensor? tensor) => tensor is null ? null : new(tensor);

    /// <summary>A C# array of numbers of any rank, or an array of arrays of equal lengths.</summary>
    [return: NotNullIfNotNull(nameof(array))]
    public static implicit operator TensorData?(Array? array) => array is null ? null : array is TensorData[] parts ? new(parts) : array is Tensor[] tensors ? new([.. tensors.Select(t => new TensorData(t))]) : new(Arrays.ToTensor(array));

    /// <summary>Several tensors in order.</summary>
    public static implicit operator TensorData(List<Tensor> tensors) => new([.. tensors.Select(t => new TensorData(t))]);

    /// <summary>Tensors by the names of the model's inputs or outputs.</summary>
    public static implicit operator TensorData(Dictionary<string, TensorData> named) => new(named);

    /// <summary>Tensors by the names of the model's inputs or outputs.</summary>
    public static implicit operator TensorData(Dictionary<string, Tensor> named) => new(named.ToDictionary(p => p.Key, p => new TensorData(p.Value), StringComparer.Ordinal));

    /// <summary>What a model predicted, as data for the next one.</summary>
    public static implicit operator TensorData(Predictions predictions) => new([.. predictions.Select(t => new TensorData(t))]);
}
