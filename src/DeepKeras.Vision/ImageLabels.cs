using System.Runtime.CompilerServices;

namespace DeepKeras.Vision;

/// <summary>
/// Where the labels of an <see cref="ImageDataset"/> come from: <c>"inferred"</c> (the default: each sub-folder is a class), <see langword="null"/> (no labels), or
/// whole numbers, one per file in alphanumeric order of the paths: <c>[0, 0, 1]</c>.
/// </summary>
/// <remarks><code>ImageDataset.FromDirectory("photos", labels: [0, 1, 1, 0]);</code></remarks>
[CollectionBuilder(typeof(ImageLabels), nameof(Create))]
public readonly struct ImageLabels : IEquatable<ImageLabels>
{
    private readonly bool _none;
    private readonly int[]? _given;

    private ImageLabels(bool none, int[]? given) => (_none, _given) = (none, given);

    /// <summary>Whether sub-folders are the classes.</summary>
    public bool IsInferred => !_none && _given is null;

    /// <summary>Whether there are no labels.</summary>
    public bool IsNone => _none;

    /// <summary>The labels given, one per file; <see langword="null"/> when there are none or they are inferred.</summary>
    public IReadOnlyList<int>? Given => _given;

    /// <summary>Labels, one per file.</summary>
    /// <param name="labels">Whole numbers in alphanumeric order of the paths.</param>
    public static ImageLabels Create(ReadOnlySpan<int> labels) => new(none: false, labels.ToArray());

    /// <summary><c>"inferred"</c>, or <see langword="null"/> for none.</summary>
    /// <exception cref="KerasException">It is another word.</exception>
    public static implicit operator ImageLabels(string? labels) => labels switch
    {
        null => new(none: true, null),
        "inferred" => default,
        _ => throw Throw.LabelsWord(labels),
    };

    /// <summary>Labels, one per file.</summary>
    public static implicit operator ImageLabels(ReadOnlySpan<int> labels) => Create(labels);

    /// <summary>Enumerates the given labels.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_given ?? [])).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ImageLabels other) => _none == other._none && ReferenceEquals(_given, other._given);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ImageLabels other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_none, _given);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(ImageLabels left, ImageLabels right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ImageLabels left, ImageLabels right) => !left.Equals(right);
}
