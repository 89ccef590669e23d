using System.Runtime.CompilerServices;

namespace DeepKeras.Vision.Visualization;

/// <summary>The class to explain: one number for all images, or one per image. Where none is given, each image's predicted class is explained.</summary>
/// <remarks><code>GradCam.Of(model, images, classIndex: 3);  GradCam.Of(model, images, classIndex: [3, 5, 3]);</code></remarks>
[CollectionBuilder(typeof(ClassChoice), nameof(Create))]
public sealed class ClassChoice
{
    private readonly int[] _classes;

    private ClassChoice(int[] classes) => _classes = classes;

    /// <summary>Builds the choice from a collection expression.</summary>
    /// <param name="classes">One class per image, from 0.</param>
    public static ClassChoice Create(ReadOnlySpan<int> classes) => new(classes.ToArray());

    /// <summary>The classes in turn.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_classes).GetEnumerator();

    /// <summary>One class for all images, from 0.</summary>
    public static implicit operator ClassChoice(int classIndex) => new([classIndex]);

    /// <summary>One class per image, from 0.</summary>
    public static implicit operator ClassChoice(int[] classes) => new(classes);

    /// <summary>One class per image.</summary>
    /// <exception cref="KerasException">There are neither one nor as many as images, or one is out of range.</exception>
    internal long[] For(Model model, long images, long classes)
    {
        if (_classes.Length != 1 && _classes.Length != images) throw Throw.ClassCount(_classes.Length, images);
        foreach (var index in _classes)
        {
            if (index < 0 || index >= classes) throw Throw.ClassIndex(model, index, classes);
        }
        var result = new long[images];
        for (var i = 0; i < result.Length; i++) result[i] = _classes.Length == 1 ? _classes[0] : _classes[i];
        return result;
    }
}
