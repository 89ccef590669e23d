using System.IO.Compression;
using DeepKeras.Datasets;
using DeepKeras.Vision;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>The test photos of CIFAR-10 in the shared data; without them a test is skipped and says so.</summary>
internal static class Cifar10Photos
{
    /// <summary>Every so many of the 10,000 photos, class by class: (n, 32, 32, 3) bytes, and their labels.</summary>
    public static (Tensor Images, Tensor Labels) Test(int every)
    {
        using var zip = ZipFile.OpenRead(SharedData.Find("data/cifar10.zip"));
        var photos = zip.Entries.Where(e => e.FullName.StartsWith("test/", StringComparison.Ordinal) && e.Name.EndsWith(".jpg", StringComparison.Ordinal))
            .OrderBy(e => e.FullName, StringComparer.Ordinal)
            .Where((_, i) => i % every == 0)
            .ToList();
        var names = Cifar10.ClassNames.ToList();
        return (torch.stack([.. photos.Select(Load)]), torch.tensor([.. photos.Select(p => (long)names.IndexOf(p.FullName.Split('/')[1]))]));
    }

    private static Tensor Load(ZipArchiveEntry photo)
    {
        using var stream = photo.Open();
        return ImageFile.Load(stream, channels: 3);
    }
}
