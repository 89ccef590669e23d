using DeepKeras.Applications.Building;

namespace DeepKeras.Applications.Tests;

/// <summary>Networks with few channels for images (32, 40, 3) and five classes, made by the builders of the zoo; Golden/thin_networks.py makes the same with torchvision.</summary>
internal static class ThinNetworks
{
    /// <param name="network">Its name in the script.</param>
    /// <param name="weights">A file, or null for random weights.</param>
    /// <param name="includeTop">Whether the classifier is there.</param>
    public static Model Build(string network, string? weights, bool includeTop = true)
    {
        var options = new NetworkOptions(includeTop, weights, InputTensor: null, (32, 40, 3), Pooling: null, Classes: 5, "linear", network);
        return network switch
        {
            "vgg" => Zoo.VGG("vgg11", depths: [1, 2, 1], normalized: false, options, filters: [4, 6, 8], units: 12),
            "vgg_bn" => Zoo.VGG("vgg11_bn", depths: [1, 2, 1], normalized: true, options, filters: [4, 6, 8], units: 12),
            "resnet" => Zoo.ResNet("resnet18", layers: [2, 1, 1, 2], bottleneck: false, options, planes: 4),
            "resnet_bottleneck" => Zoo.ResNet("resnet50", layers: [1, 2, 1, 1], bottleneck: true, options, planes: 4),
            "resnext" => Zoo.ResNet("resnext50_32x4d", layers: [1, 1, 1, 1], bottleneck: true, options, groups: 2, width: 32, planes: 4),
            "densenet" => Zoo.DenseNet("densenet121", layers: [2, 1, 3, 2], growth: 4, filters: 8, options),
            "mobilenet_v2" => Zoo.MobileNetV2(includeTop, weights, inputShape: options.InputShape, classes: options.Classes, classifierActivation: "linear", alpha: 0.1),
            "efficientnet" => Zoo.EfficientNet("efficientnet_b0", width: 0.1, depth: 0.5, size: 224, dropout: 0.2, epsilon: 1e-5, momentum: 0.9, options),
            _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Golden/thin_networks.py writes no such network."),
        };
    }
}
