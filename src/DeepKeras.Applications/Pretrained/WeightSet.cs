using DeepKeras.Serialization;

namespace DeepKeras.Applications.Pretrained;

/// <summary>One set of trained weights: how to tell that its file is the right one, what it was trained on and measured to do.</summary>
/// <param name="Model">The network, by its name in <see cref="Zoo.ListModels"/>.</param>
/// <param name="Name">What <c>weights:</c> calls it: <c>"imagenet"</c>, <c>"cifar10"</c> ….</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Sha256">The file's SHA-256 in hexadecimal digits, or as many of the first ones as its publisher gives.</param>
/// <param name="Mebibytes">The file's size, in 2²⁰ bytes.</param>
/// <param name="Parameters">How many trained numbers the network has.</param>
/// <param name="Top1">How many of the data set's test images it names rightly, in per cent.</param>
/// <param name="Transform">What is done to images before the network sees them.</param>
/// <param name="DataSet">The images that it was trained and measured on.</param>
/// <param name="ClassNames">What its classes are called, in the order of the network's output.</param>
public abstract record WeightSet(string Model, string Name, string FileName, string Sha256, double Mebibytes, long Parameters, double Top1, InputTransform Transform, string DataSet, IReadOnlyList<string> ClassNames)
{
    /// <summary>How many classes it tells apart.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>The terms that the publisher names.</summary>
    public abstract string Licence { get; }

    /// <summary>Who trained it.</summary>
    public abstract string Source { get; }

    /// <summary>The file on this machine, brought there first where it is not; its hash is checked every time.</summary>
    /// <param name="cancellationToken">Stops a download; what has arrived is kept for the next time.</param>
    /// <returns>The file's path, in <c>weights</c> of the folder that DEEPKERAS_HOME names (<c>.deepkeras</c> in the home folder otherwise).</returns>
    /// <exception cref="KerasException">It cannot be had or is not the right one; the message says what to do by hand.</exception>
    /// <remarks><code>var path = WeightSets.Of("vgg16")[0].Fetch();</code></remarks>
    public abstract string Fetch(CancellationToken cancellationToken = default);

    internal abstract WeightReport LoadInto(Model model);
}
