using System.Globalization;
using System.Text;
using DeepKeras.Applications.Pretrained;

namespace DeepKeras.Applications.Tests.Pretrained;

/// <summary>Every record is checked against what can be known without fetching the file.</summary>
public sealed class WeightSetTests
{
    private const string Switch = "DEEPKERAS_UPDATE_PRETRAINED";

    [Test]
    public void Every_record_agrees_with_itself()
    {
        WeightSets.Torchvision.Should().HaveCountGreaterThan(40);
        WeightSets.All.Should().HaveCount(WeightSets.Torchvision.Count + WeightSets.Included.Count);
        WeightSets.All.Select(s => (s.Model, s.Name)).Should().OnlyHaveUniqueItems();
        foreach (var set in WeightSets.Torchvision)
        {
            // PyTorch's files carry the beginning of their hash in their names.
            set.FileName.Should().EndWith($"-{set.Sha256}.pth");
            set.Sha256.Should().MatchRegex("^[0-9a-f]{8}$");
            set.Url.Scheme.Should().Be("https");
            set.Top1.Should().BeInRange(55, 90);
            set.Top5.Should().BeGreaterThan(set.Top1);
            set.ImageNet.Crop.Should().BeLessThanOrEqualTo(set.ImageNet.Resize);
            set.Classes.Should().Be(1000);
            // Four bytes a number, two where the file is of half precision, and GoogLeNet's file holds its auxiliary classifiers, too.
            var bytes = set.Mebibytes * 1024 * 1024 / set.Parameters;
            (set.Model == "googlenet" || bytes is (>= 3.99 and < 4.2) or (>= 1.99 and < 2.02)).Should().BeTrue($"{set.FileName} has {bytes} bytes a number");
        }
    }

    [Test]
    public void Every_record_is_of_a_network_with_as_many_parameters()
    {
        foreach (var set in WeightSets.All) Zoo.ListModels().Should().Contain(set.Model);
    }

    [Test]
    public void The_list_beside_the_small_files_is_made_from_the_records()
    {
        var file = Path.Combine(SharedData.Root, "pretrained", "README.md");
        var made = Describe();
        if (Environment.GetEnvironmentVariable(Switch) == "1") File.WriteAllText(file, made);
        File.ReadAllText(file).ReplaceLineEndings("\n").Should().Be(made, $"the list is made by running this test with {Switch}=1");
    }

    private static string Describe()
    {
        var text = new StringBuilder("""
            # Pretrained weights

            What `weights:` can name: small files that come with the zoo, and torchvision's, which are fetched.

            ## In this folder

            Trained by the examples of this project. The files are inside `DeepKeras.Applications.dll`, so that `LeNet5(weights: "fashion_mnist")` works without a network, a download or a cache;
            their size and their whole SHA-256 are checked. `net.Preprocess(images)` prepares images as in the training, `net.DecodePredictions(predictions)` names the classes.
            Accuracies, in per cent, were measured with these very files on all 10,000 test images.

            | network | `weights:` | data set | parameters | MiB | accuracy | made by |
            |---|---|---|--:|--:|--:|---|

            """.ReplaceLineEndings("\n"));
        foreach (var s in WeightSets.Included)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{s.Model}` | `{s.Name}` | {s.DataSet} | {s.Parameters:N0} | {s.Mebibytes:0.0} | {s.Top1:0.00} | `{s.Command}` |\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"\nLicence: {WeightSets.Included[0].Licence}.\n\n");
        text.Append("""
            ## From torchvision

            The files are fetched from their publisher when they are first needed, checked by their hash, and kept in `weights` of the folder that
            `DEEPKERAS_HOME` names (`.deepkeras` in the home folder otherwise). `DEEPKERAS_MIRROR` names servers to ask first, `DEEPKERAS_OFFLINE=1` asks none. Large files are never committed.
            Accuracies are the publisher's, on ImageNet's validation images.

            | network | `weights:` | parameters | MiB | top-1 | top-5 | resize, crop | file |
            |---|---|--:|--:|--:|--:|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var s in WeightSets.Torchvision)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{s.Model}` | `{s.Name}` | {s.Parameters:N0} | {s.Mebibytes:0.0} | {s.Top1:0.00} | {s.Top5:0.00} | {s.ImageNet.Resize}, {s.ImageNet.Crop} {s.ImageNet.Interpolation} | [{s.FileName}]({s.Url}) |\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"\nSource: torchvision. Licence: {WeightSets.Torchvision[0].Licence}.\n");
        return text.ToString();
    }
}
