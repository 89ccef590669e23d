using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Inspection;

[TestFixture]
public sealed class DiagramTests
{
    // The diagram of the lecture's CIFAR-10 network, tabs as blanks. It counts channels first, and its percentages are cut to whole numbers.
    private const string Lecture = """
        Input        #####  3 32 32
        Conv2D       \|/    896  0.0%
        relu         #####  32 32 32
        Conv2D       \|/    9248  0.0%
        relu         #####  32 30 30
        MaxPooling2D Ymax   0  0.0%
                     #####  32 15 15
        Dropout      |||    0  0.0%
                     #####  32 15 15
        Conv2D       \|/    18496  1.0%
        relu         #####  64 15 15
        Conv2D       \|/    36928  2.0%
        relu         #####  64 13 13
        MaxPooling2D Ymax   0  0.0%
                     #####  64 6 6
        Dropout      |||    0  0.0%
                     #####  64 6 6
        Flatten      |||||  0  0.0%
                     #####  2304
        Dense        XXXXX  1180160  94.0%
        relu         #####  512
        Dropout      |||    0  0.0%
                     #####  512
        Dense        XXXXX  5130  0.0%
        softmax      #####  10
        """;

    [Test]
    public void The_network_of_the_lecture_looks_as_in_the_lecture()
    {
        var text = Cifar10(withActivationLayers: false).DiagramText();
        string[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        lines[0].Should().Be("           OPERATION           DATA DIMENSIONS   WEIGHTS (N)   WEIGHTS (%)");
        lines[1..].Select(Normal).Should().Equal(Lecture.Split('\n').Select(ChannelsLast));
        lines[1].Should().Be("               Input   #####     32   32    3");
        lines[2].Should().Be(@"              Conv2D    \|/  -------------------       896     0.1%");
        lines[^2].Should().Be("               Dense   XXXXX -------------------      5130     0.4%");
        lines[^1].Should().Be("             softmax   #####          10");
    }

    [Test]
    public void Activation_layers_are_drawn_as_part_of_the_layer_before() =>
        Cifar10(withActivationLayers: true).DiagramText().Should().Be(Cifar10(withActivationLayers: false).DiagramText());

    [Test]
    public void Every_input_and_output_of_a_graph_is_drawn()
    {
        var lines = KerasModels.Nested().DiagramText().Split('\n');
        lines.Count(l => l.Contains("Input", StringComparison.Ordinal)).Should().Be(1);
        lines.Should().Contain(l => l.Contains("Functional", StringComparison.Ordinal));
        lines.Count(l => l.Contains("#####", StringComparison.Ordinal)).Should().Be(1 + 1 + 2 + 1);
    }

    [Test]
    public void A_model_without_shapes_is_refused() =>
        FluentActions.Invoking(() => new Sequential([new Dense(2)], "late").DiagramText()).Should().Throw<KerasException>().WithMessage("Diagram: the shapes of 'late' are not known yet*");

    private static Sequential Cifar10(bool withActivationLayers)
    {
        ClearSession();
        var model = new Sequential([Input((32, 32, 3))]);
        Put(Conv2D(32, 3, padding: "same", activation: Now("relu")), "relu");
        Put(Conv2D(32, 3, activation: Now("relu")), "relu");
        model.Add(MaxPooling2D(2));
        model.Add(Dropout(0.25));
        Put(Conv2D(64, 3, padding: "same", activation: Now("relu")), "relu");
        Put(Conv2D(64, 3, activation: Now("relu")), "relu");
        model.Add(MaxPooling2D(2));
        model.Add(Dropout(0.25));
        model.Add(Flatten());
        Put(Dense(512, activation: Now("relu")), "relu");
        model.Add(Dropout(0.5));
        Put(Dense(10, activation: Now("softmax")), "softmax");
        return model;

        DeepKeras.Activations.ActivationFunction? Now(string name) => withActivationLayers ? default(DeepKeras.Activations.ActivationFunction) : (DeepKeras.Activations.ActivationFunction)name;

        void Put(Layer layer, string activation)
        {
            model.Add(layer);
            if (withActivationLayers) model.Add(Activation(activation));
        }
    }

    /// <summary>A line of ours as its words, the share as whole percent of the lecture's 1,250,858 weights, and the picture without its blanks.</summary>
    private static string Normal(string line)
    {
        var name = line[..20].Trim();
        var picture = line[23..28].Replace(" ", "", StringComparison.Ordinal);
        string[] rest = [.. line[28..].Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries)];
        if (picture != "#####") rest[1] = $"{long.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) * 100 / 1250858}.0%";
        return string.Join(' ', [name, picture, .. rest]).Trim();
    }

    private static string ChannelsLast(string line)
    {
        string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var marker = Array.IndexOf(words, "#####");
        return marker >= 0 && words.Length - marker == 4
            ? string.Join(' ', [.. words[..(marker + 1)], words[marker + 2], words[marker + 3], words[marker + 1]])
            : string.Join(' ', words);
    }
}
