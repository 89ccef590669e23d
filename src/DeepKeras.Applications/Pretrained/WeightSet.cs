using DeepKeras.Datasets;

namespace DeepKeras.Applications.Pretrained;

/// <summary>One set of trained weights: where it lies, how to tell that it is the right file, what it was measured to do.</summary>
/// <param name="Model">The network, by its name in <see cref="Zoo.ListModels"/>.</param>
/// <param name="Name">What <c>weights:</c> calls it: <c>"imagenet"</c> the first published, <c>"imagenet_v2"</c> torchvision's later, longer training.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Sha256">The first eight hexadecimal digits of the file's SHA-256, which PyTorch writes into its files' names.</param>
/// <param name="Mebibytes">The file's size, in 2²⁰ bytes.</param>
/// <param name="Parameters">How many trained numbers the network has.</param>
/// <param name="Top1">How many of ImageNet's validation images it names rightly, in per cent, as published.</param>
/// <param name="Top5">How many have their class among the five likeliest, in per cent, as published.</param>
/// <param name="Transform">What is done to photos before the network sees them.</param>
public sealed record WeightSet(string Model, string Name, string FileName, string Sha256, double Mebibytes, long Parameters, double Top1, double Top5, ImageNetTransform Transform)
{
    private const string Server = "https://download.pytorch.org/models/";

    /// <summary>How many classes it tells apart.</summary>
    public int Classes => 1000;

    /// <summary>The terms that the publisher names.</summary>
    public string Licence => "BSD-3-Clause (torchvision); ImageNet's photos are for research that is not commercial";

    /// <summary>Who trained it.</summary>
    public string Source => "torchvision";

    /// <summary>Where the file lies.</summary>
    public Uri Url => new(Server + FileName);

    /// <summary>The file on this machine, fetched first where it is not there; its hash is checked every time.</summary>
    /// <param name="cancellationToken">Stops a download; what has arrived is kept for the next time.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="KerasException">It cannot be had or is not the right one; the message says what to do by hand.</exception>
    /// <remarks>
    /// Files are kept in <c>weights</c> of the folder that DEEPKERAS_HOME names (<c>.deepkeras</c> in the home folder otherwise).
    /// DEEPKERAS_MIRROR names servers that are asked first (addresses of folders, separated by semicolons); with DEEPKERAS_OFFLINE=1 none is asked.
    /// <code>var path = WeightSets.Of("vgg16")[0].Fetch();</code>
    /// </remarks>
    public string Fetch(CancellationToken cancellationToken = default) => WeightStore.Fetch(this, cancellationToken);

    internal RemoteFile Remote(IEnumerable<string> mirrors) => new(FileName, Sha256, [.. mirrors.Select(m => m.TrimEnd('/') + "/" + FileName), Url.ToString()]);
}
