using DeepKeras.Datasets;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Pretrained;

/// <summary>Weights of torchvision, trained on ImageNet: <c>"imagenet"</c> the first published, <c>"imagenet_v2"</c> the later, longer training.</summary>
/// <param name="Model">The network, by its name in <see cref="Zoo.ListModels"/>.</param>
/// <param name="Name">What <c>weights:</c> calls it.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Sha256">The first eight hexadecimal digits of the file's SHA-256, which PyTorch writes into its files' names.</param>
/// <param name="Mebibytes">The file's size, in 2²⁰ bytes.</param>
/// <param name="Parameters">How many trained numbers the network has.</param>
/// <param name="Top1">How many of ImageNet's validation images it names rightly, in per cent, as published.</param>
/// <param name="Top5">How many have their class among the five likeliest, in per cent, as published.</param>
/// <param name="ImageNet">What is done to photos before the network sees them.</param>
/// <remarks>
/// The file is fetched when it is first needed. DEEPKERAS_MIRROR names servers that are asked first (addresses of folders, separated by semicolons);
/// with DEEPKERAS_OFFLINE=1 none is asked.
/// </remarks>
public sealed record TorchvisionWeights(string Model, string Name, string FileName, string Sha256, double Mebibytes, long Parameters, double Top1, double Top5, ImageNetTransform ImageNet)
    : WeightSet(Model, Name, FileName, Sha256, Mebibytes, Parameters, Top1, ImageNet, "ImageNet", ImageNetClasses.Names)
{
    private const string Server = "https://download.pytorch.org/models/";

    /// <summary>Where the file lies.</summary>
    public Uri Url => new(Server + FileName);

    /// <inheritdoc/>
    public override string Licence => "BSD-3-Clause (torchvision); ImageNet's photos are for research that is not commercial";

    /// <inheritdoc/>
    public override string Source => "torchvision";

    /// <inheritdoc/>
    public override string Fetch(CancellationToken cancellationToken = default) => WeightStore.Fetch(this, cancellationToken);

    internal override WeightReport LoadInto(Model model) => model.LoadPretrained(Fetch());

    internal RemoteFile Remote(IEnumerable<string> mirrors) => new(FileName, Sha256, [.. mirrors.Select(m => m.TrimEnd('/') + "/" + FileName), Url.ToString()]);
}
